from django.core.files.storage import default_storage
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accounts.avatars import delete_avatar, keep_avatar


def make_anew(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give every avatar its small file; one whose file is gone or broken stays as it is."""
    for person in apps.get_model("accounts", "User").objects.exclude(avatar=""):
        old = person.avatar
        try:
            with default_storage.open(f"avatars/{old}") as file:
                person.avatar = keep_avatar(file)
        except (OSError, ValueError):
            continue
        person.version += 1
        person.save(update_fields=["avatar", "version"])
        delete_avatar(old)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_shared_addresses")]
    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
