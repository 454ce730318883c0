"""The words that every glossary begins with."""

from django.db import migrations
from django.utils import timezone

from accounts.words import folded
from notes.glossary.seeds import seeds


def plant(apps, schema_editor):
    Term = apps.get_model("notes", "Term")
    known = set(Term.objects.values_list("name", flat=True))
    new = [Term(name=folded(row["word"]), approved_at=timezone.now(), **row) for row in seeds()]
    Term.objects.bulk_create([term for term in new if term.name not in known])


class Migration(migrations.Migration):
    dependencies = [("notes", "0009_glossary")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
