"""Who keeps the lists of words and known images."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

READ = ["view_word", "view_knownimage"]
MAY = {
    "Moderators": READ,
    "Senior moderators": [*READ, "add_word", "add_knownimage"],
    "Auditors": READ,
}


def create(apps, schema_editor):
    app = apps.get_app_config("moderation")
    app.models_module = True
    create_permissions(app, apps=apps, verbosity=0)
    app.models_module = None
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    for name, codenames in MAY.items():
        Group.objects.get(name=name).permissions.add(
            *Permission.objects.filter(
                content_type__app_label="moderation", codename__in=codenames
            )
        )


class Migration(migrations.Migration):
    dependencies = [("notes", "0011_fingerprints"), ("moderation", "0007_lists")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
