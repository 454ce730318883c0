"""The role of moderators: the desk, and no more."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

ROLE = "Moderators"
MAY = {
    "accounts": ["view_user"],
    "moderation": ["view_case", "change_case", "view_verdict"],
    "notes": ["view_note", "view_comment"],
}


def create(apps, schema_editor):
    # Permissions are made after all migrations; this role needs its own now.
    for label in MAY:
        app = apps.get_app_config(label)
        app.models_module = True
        create_permissions(app, apps=apps, verbosity=0)
        app.models_module = None
    Permission = apps.get_model("auth", "Permission")
    role, _ = apps.get_model("auth", "Group").objects.get_or_create(name=ROLE)
    for label, codenames in MAY.items():
        role.permissions.add(
            *Permission.objects.filter(content_type__app_label=label, codename__in=codenames)
        )


def delete(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name=ROLE).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0001_initial"),
        ("moderation", "0002_append_only"),
        ("accounts", "0002_cache_table"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(create, delete)]
