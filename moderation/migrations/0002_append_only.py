"""Verdicts are history: the database itself refuses to change or delete one."""

from django.db import migrations

# Only the name of who decided may go, when that person erases their account.
CREATE = """
CREATE FUNCTION moderation_verdict_is_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.by_id IS NULL
     AND to_jsonb(NEW) - 'by_id' = to_jsonb(OLD) - 'by_id' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a verdict is never changed or deleted' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER moderation_verdict_is_history BEFORE UPDATE OR DELETE ON moderation_verdict
  FOR EACH ROW EXECUTE FUNCTION moderation_verdict_is_history();
"""
DROP = """
DROP TRIGGER moderation_verdict_is_history ON moderation_verdict;
DROP FUNCTION moderation_verdict_is_history();
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
