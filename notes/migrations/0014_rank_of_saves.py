"""What was saved before stays in its order: the last one first."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("notes", "0013_save_rank")]
    operations = [migrations.RunSQL("UPDATE notes_save SET rank = id", migrations.RunSQL.noop)]
