"""What the roles may about sanctions."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

MAY = {
    "Moderators": ["view_sanction", "add_sanction"],
    "Senior moderators": ["view_sanction", "add_sanction", "suspend_person"],
    "Auditors": ["view_sanction"],
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
    dependencies = [("notes", "0007_translations"), ("moderation", "0006_sanctions")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
