"""What a person did and was told, as plain dicts: a generator for each file of an archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from accounts.models import Token, User
from feeds.archive.contents import Line, comments_of, notes_of, versions_of
from feeds.archive.knowing import CHUNK, known_comment, known_note
from feeds.models import Asked, Less
from moderation.models import Report, Verdict
from notes.models import Board, CommentLike, Like, Save, TopicFollow, TopicMute, Wording

NOTE = ("note", "note_author", "note_written")


def _about_notes(person: User, rows: Any, *fields: str) -> Iterator[Line]:
    known = rows.annotate(**known_note(person, "note")).order_by("pk")
    yield from known.values(*NOTE, *fields, "created_at").iterator(chunk_size=CHUNK)


def likes_of(person: User) -> Iterator[Line]:
    return _about_notes(person, Like.objects.filter(user=person))


def saves_of(person: User) -> Iterator[Line]:
    return _about_notes(person, Save.objects.filter(user=person), "board", "rank")


def less_of(person: User) -> Iterator[Line]:
    """Of which notes they want fewer."""
    return _about_notes(person, Less.objects.filter(reader=person))


def comment_likes_of(person: User) -> Iterator[Line]:
    likes = CommentLike.objects.filter(user=person).order_by("pk")
    known: Any = likes.annotate(**known_comment(person, "comment"))
    fields = ("comment", "comment_author", "comment_written", "created_at")
    yield from known.values(*fields).iterator(chunk_size=CHUNK)


def boards_of(person: User) -> Iterator[Line]:
    boards = Board.objects.filter(owner=person).order_by("position", "pk")
    rows: Any = boards.values("id", "name", "is_private", "position", "cover", "created_at")
    yield from rows.iterator()


def topics_of(person: User) -> Iterator[Line]:
    for relation, marks in (("follows", TopicFollow.objects), ("mutes", TopicMute.objects)):
        theirs: Any = marks.filter(user=person).order_by("pk")
        for title, since in theirs.values_list("topic__title", "created_at").iterator():
            yield {"relation": relation, "topic": title, "since": since}


def people_of(person: User) -> Iterator[Line]:
    """Whom a person follows, asks, blocks and mutes, and who follows them."""
    for relation, rows, name in (
        ("follows", person.following, "followee__username"),
        ("followed_by", person.followers, "follower__username"),
        ("asks", person.requests_made, "target__username"),
        ("blocks", person.blocks, "blocked__username"),
        ("mutes", person.mutes, "muted__username"),
    ):
        for username, since in rows.order_by("pk").values_list(name, "created_at").iterator():
            yield {"relation": relation, "username": username, "since": since}


def words_of(person: User) -> Iterator[Line]:
    return person.muted_words.order_by("pk").values("word", "created_at").iterator()


def verdicts_of(person: User) -> Iterator[Line]:
    """What was decided about them: on the servers of before, then here."""
    for earlier in person.earlier_verdicts.iterator(chunk_size=CHUNK):
        line = _verdict_line(earlier, earlier.about, earlier.url, by_person=earlier.by_person)
        yield line | {"appeal": earlier.appeal}
    verdicts = Verdict.objects.filter(case__author=person).select_related("case", "appeal")
    for verdict in verdicts.order_by("pk").iterator(chunk_size=CHUNK):
        case, appeal = verdict.case, getattr(verdict, "appeal", None)
        line = _verdict_line(verdict, case.kind, case.url, by_person=verdict.by_hand)
        asked = ("text", "state", "answer", "created_at", "decided_at")
        yield line | {"appeal": appeal and {name: getattr(appeal, name) for name in asked}}


def _verdict_line(verdict: Any, about: str, url: str, *, by_person: bool) -> dict[str, Any]:
    return {
        "about": about,
        "url": url,
        "outcome": verdict.outcome,
        "rule": verdict.rule,
        "reason": verdict.reason,
        "decided_by": "person" if by_person else "machine",
        "created_at": verdict.created_at,
    }


def reports_of(person: User) -> Iterator[Line]:
    reports: Any = Report.objects.by(person).order_by("pk")
    fields = ("case__kind", "case__url", "reason", "detail", "state", "created_at", "closed_at")
    yield from reports.values(*fields).iterator(chunk_size=CHUNK)


def wordings_of(person: User) -> Iterator[Line]:
    """The better words for translations that they offered."""
    offered: Any = Wording.objects.filter(by=person).order_by("pk")
    fields = (
        "translation__note", "translation__comment", "translation__language", "title", "body",
        "is_accepted", "created_at",
    )  # fmt: skip
    yield from offered.values(*fields).iterator(chunk_size=CHUNK)


def notifications_of(person: User) -> Iterator[Line]:
    told: Any = person.notifications.order_by("pk").values(
        "kind", "actor__username", "note_id", "comment_id", "data", "created_at", "read_at"
    )
    yield from told.iterator(chunk_size=CHUNK)


def searches_of(person: User) -> Iterator[Line]:
    asked: Any = Asked.objects.by(person).order_by("pk")
    yield from asked.values("text", "at").iterator(chunk_size=CHUNK)


def tokens_of(person: User) -> Iterator[Line]:
    tokens = Token.objects.filter(user=person).order_by("pk")
    yield from tokens.values("name", "scopes", "created", "expiry", "last_used_at").iterator()


# The files of an archive, a line of JSON for each row.
FILES: dict[str, Callable[[User], Iterator[Line]]] = {
    "notes": notes_of,
    "versions": versions_of,
    "comments": comments_of,
    "likes": likes_of,
    "comment_likes": comment_likes_of,
    "boards": boards_of,
    "saves": saves_of,
    "topics": topics_of,
    "less": less_of,
    "people": people_of,
    "muted_words": words_of,
    "verdicts": verdicts_of,
    "reports": reports_of,
    "wordings": wordings_of,
    "notifications": notifications_of,
    "searches": searches_of,
    "tokens": tokens_of,
}
