from django.core.files.storage import default_storage
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import F

from accounts.avatars import keep_avatar
from accounts.pictures import BAD_PICTURE


def make_anew(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give every avatar its small file; one whose file is gone or broken is taken off.

    The files before are left to the sweep: what is undone here must still find them.
    """
    people = apps.get_model("accounts", "User").objects.exclude(avatar="")
    for pk, old in people.values_list("pk", "avatar"):
        try:
            with default_storage.open(f"avatars/{old}") as file:
                new = keep_avatar(file)
        except BAD_PICTURE:
            new = ""
        people.filter(pk=pk, avatar=old).update(avatar=new, version=F("version") + 1)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_shared_addresses")]
    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
