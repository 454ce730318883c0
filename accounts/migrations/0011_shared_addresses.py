from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_proposed_words'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='user',
            name='user_email_unique',
        ),
    ]
