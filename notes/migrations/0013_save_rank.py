"""What stands in a board has an order of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notes", "0012_roles_lists")]

    operations = [
        migrations.RemoveIndex(model_name="save", name="save_by_board"),
        migrations.AddField(
            model_name="save",
            name="rank",
            field=models.PositiveBigIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddIndex(
            model_name="save",
            index=models.Index(fields=["board", "-rank", "-id"], name="save_by_rank"),
        ),
    ]
