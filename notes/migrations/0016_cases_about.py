from django.db import migrations

# Comments under a private account's note are no more public than the note.
ABOUT = """
UPDATE moderation_case c SET about_id = n.author_id
FROM notes_comment k JOIN notes_note n ON n.id = k.note_id
WHERE c.id = k.{} AND c.about_id IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ("notes", "0015_names"),
        ("moderation", "0010_about"),
    ]

    operations = [
        migrations.RunSQL(ABOUT.format(case), migrations.RunSQL.noop)
        for case in ("case_id", "edit_case_id")
    ]
