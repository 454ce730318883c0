"""A world of people, follows and notes, made by SQL in seconds. No picture has a file."""

from __future__ import annotations

import time

from django.db import connection

from accounts.models import User

PEOPLE = """
INSERT INTO accounts_user (id, password, is_superuser, username, email, display_name, bio, avatar,
  incoming_avatar, languages, ui_language, follower_count, following_count,
  version, following_version, is_active,
  is_staff, date_joined)
SELECT n, '!', false, 'person' || n, 'person' || n || '@example.org', 'Person ' || n, '', '', '',
  ARRAY[CASE n % 2 WHEN 0 THEN 'zh' ELSE 'en' END], 'en', 0, 0, 1, 0, true, false,
  now() - interval '90 days' FROM generate_series(1, %(people)s) n
"""
# Everybody follows about fifty; whom, by a power law.
FOLLOWS = """
INSERT INTO accounts_follow (follower_id, followee_id, created_at)
SELECT follower, followee, now() FROM (
  SELECT n AS follower, 1 + floor(%(people)s * power(random(), 2.5))::int AS followee
  FROM generate_series(1, %(people)s) n, generate_series(1, 58)) pairs
WHERE follower <> followee ON CONFLICT DO NOTHING
"""
CASES = """
INSERT INTO moderation_case (id, kind, author_id, text, images, fingerprints, language, url, state,
  readers, warning, rule, tension, version, attempts, opened_at, ready_at, decided_at)
SELECT n, 'note', 1 + n %% %(people)s, 'Autumn walk ' || n, '{}', '{}', CASE n %% 2 WHEN 0 THEN 'zh'
  ELSE 'en' END, '/notes/' || n || '/', 'published', 'everyone', '', '',
  0, 2, 1, now(), now(), now()
FROM generate_series(1, %(notes)s) n
"""
NOTES = """
INSERT INTO notes_note (id, case_id, author_id, title, body, language, audience, place, like_count,
  version, created_at, published_at, delivered_at, second_title, second_body, second_language,
  commenters, named_topics, save_count, revision)
SELECT n, n, 1 + n %% %(people)s,
  CASE n %% 2 WHEN 0 THEN '秋天的西湖 ' ELSE 'Autumn walk ' END || n,
  repeat('Leaves on the water. ', 10), CASE n %% 2 WHEN 0 THEN 'zh' ELSE 'en' END, 'public', '',
  floor(20 * power(random(), 4)), 1, moment, moment, moment, '', '', '',
  'everyone', '{}', 0, 1
FROM generate_series(1, %(notes)s) n,
  LATERAL (SELECT now() - (%(notes)s - n) * interval '20 seconds' AS moment) at
"""
IMAGES = """
INSERT INTO notes_image (owner_id, note_id, position, key, incoming, alt, status, attempts, width,
  height, placeholder, created_at, byte_count, fingerprint)
SELECT 1 + n %% %(people)s, n, 0, md5(n::text), '', 'A lake', 'ready', 1, 1440, 1800,
  'data:image/webp;base64,' || repeat('A', 110), now(), 0, '' FROM generate_series(1, %(notes)s) n
"""
COMMENTS = """
INSERT INTO moderation_case (id, kind, author_id, text, images, fingerprints, language, url, state,
  readers, warning, rule, tension, version, attempts, opened_at, ready_at, decided_at)
SELECT %(notes)s + n, 'comment', 1 + n, 'Lovely', '{}', '{}', 'en', '', 'published', 'everyone', '',
  '', 0, 2, 1,
  now(), now(), now() FROM generate_series(1, 20) n;
INSERT INTO notes_comment (case_id, note_id, author_id, body, language, created_at, like_count,
  edit_body)
SELECT %(notes)s + n, %(notes)s, 1 + n, 'Lovely light, and the water so still.', 'en', now(), 0, ''
FROM generate_series(1, 20) n
"""


def seed(people: int, notes: int) -> None:
    """Fill the empty database. The last note has twenty comments."""
    if User.objects.exists():
        raise SystemExit("Somebody lives in this database: it is not for measuring.")
    started = time.monotonic()
    sizes = {"people": people, "notes": notes}
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for statement in (PEOPLE, FOLLOWS, CASES, NOTES, IMAGES, COMMENTS):
            cursor.execute(statement.replace(" n % 2 ", " n %% 2 "), sizes)
        cursor.execute("SELECT count(*) FROM accounts_follow")
        follows = cursor.fetchone()[0]
        cursor.execute("VACUUM ANALYZE")
    seconds = time.monotonic() - started
    print(f"{people:,} people, {follows:,} follows, {notes:,} notes in {seconds:.0f} s", flush=True)
