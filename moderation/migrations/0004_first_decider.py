"""The database itself knows who decided first, so that nobody can answer an appeal against that."""

from django.db import migrations

CREATE = """
CREATE FUNCTION moderation_appeal_names_the_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.first_key := (SELECT by_id FROM moderation_verdict WHERE id = NEW.verdict_id);
  ELSE
    NEW.first_key := OLD.first_key;
    IF NEW.verdict_id <> OLD.verdict_id OR (OLD.state <> 'open' AND NEW.state <> OLD.state) THEN
      RAISE EXCEPTION 'an answered appeal stays answered' USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER moderation_appeal_names_the_first BEFORE INSERT OR UPDATE ON moderation_appeal
  FOR EACH ROW EXECUTE FUNCTION moderation_appeal_names_the_first();
"""
DROP = """
DROP TRIGGER moderation_appeal_names_the_first ON moderation_appeal;
DROP FUNCTION moderation_appeal_names_the_first();
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0003_reports_and_appeals")]
    operations = [migrations.RunSQL(CREATE, DROP)]
