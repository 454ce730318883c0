"""Replies of before learn which comment stands at the top of them."""

from django.db import migrations

FILL = """
WITH RECURSIVE below AS (
  SELECT id, id AS top FROM notes_comment WHERE parent_id IS NULL
  UNION ALL
  SELECT reply.id, below.top FROM notes_comment reply JOIN below ON reply.parent_id = below.id
)
UPDATE notes_comment SET root_id = below.top FROM below
WHERE below.id = notes_comment.id AND notes_comment.parent_id IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("notes", "0003_drafts_edits_boards")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
