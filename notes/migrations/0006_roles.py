"""Roles beside that of moderators: seniors, who may more, and auditors, who only read."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

READ = {
    "accounts": ["view_user"],
    "moderation": ["view_case", "view_verdict", "view_report", "view_appeal"],
    "notes": ["view_note", "view_comment"],
}
ROLES = {
    "Moderators": {"moderation": ["change_case"]},
    "Senior moderators": {"moderation": ["change_case", "take_over_case", "view_look"]},
    "Auditors": {"moderation": ["view_look"]},
}


def create(apps, schema_editor):
    # Permissions are made after all migrations; these roles need their own now.
    for label in READ:
        app = apps.get_app_config(label)
        app.models_module = True
        create_permissions(app, apps=apps, verbosity=0)
        app.models_module = None
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    for name, more in ROLES.items():
        role, _ = Group.objects.get_or_create(name=name)
        for may in (READ, more):
            for label, codenames in may.items():
                role.permissions.add(
                    *Permission.objects.filter(
                        content_type__app_label=label, codename__in=codenames
                    )
                )


def delete(apps, schema_editor):
    names = [name for name in ROLES if name != "Moderators"]
    apps.get_model("auth", "Group").objects.filter(name__in=names).delete()


class Migration(migrations.Migration):
    dependencies = [("notes", "0005_topic_marks"), ("moderation", "0005_desk")]
    operations = [migrations.RunPython(create, delete)]
