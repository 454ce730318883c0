"""What stands in an archive, as plain dicts: one generator for each file in it.

Rows are streamed, so that the memory does not grow with the number of notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import Token, User
from feeds.search.models import Asked
from moderation.models import Verdict
from notes.models import Board, Comment, CommentLike, Image, Like, Note, Save, Version

CHUNK = 200
Line = Mapping[str, Any]


def profile_of(person: User) -> Line:
    emails = EmailAddress.objects.filter(user=person).order_by("pk")
    return {
        "username": person.username,
        "former_usernames": list(person.former_handles.values_list("handle", flat=True)),
        "email": person.email,
        "emails": list(emails.values("email", "verified", "primary")),
        "display_name": person.display_name,
        "bio": person.bio,
        "avatar": f"avatar/{person.avatar}" if person.avatar else None,
        "languages": person.languages,
        "ui_language": person.ui_language,
        "is_private": person.is_private,
        "shows_likes": person.shows_likes,
        "unwanted_kinds": person.unwanted_kinds,
        "digest": person.digest,
        "date_joined": person.date_joined,
    }


def note_line(note: Note) -> Line:
    return {
        "id": note.pk,
        "title": note.title,
        "body": note.body,
        "language": note.language,
        "audience": note.audience,
        "place": note.place,
        "second_title": note.second_title,
        "second_body": note.second_body,
        "second_language": note.second_language,
        "commenters": note.commenters,
        "named_topics": note.named_topics,
        "state": note.state,
        "topics": [topic.title for topic in note.topics.all()],
        "mentions": [person.username for person in note.mentions.all()],
        "images": [image_line(image) for image in note.images.all()],
        "versions": [version_line(version) for version in note.versions.all()],
        "like_count": note.like_count,
        "save_count": note.save_count,
        "created_at": note.created_at,
        "published_at": note.published_at,
        "edited_at": note.edited_at,
        "publish_at": note.publish_at,
    }


def version_line(version: Version) -> Line:
    """An earlier wording, or one that waits."""
    fields = ("number", "title", "body", "place", "second_title", "second_body", "created_at")
    return {name: getattr(version, name) for name in fields} | {"state": version.state}


def image_line(image: Image) -> Line:
    ready = image.status == Image.Status.READY
    return {
        "key": image.key,
        "alt": image.alt,
        "width": image.width,
        "height": image.height,
        "placeholder": image.placeholder,
        "files": [image.file_name(width) for width in Image.WIDTHS] if ready else [],
    }


def notes_of(person: User) -> Iterator[Line]:
    for notes in (Note.objects.by(person), Note.drafts.by(person)):
        # Two fields of one name differ in type only: what is read is a Note either way.
        rows: Any = notes.with_page().prefetch_related("versions__case").order_by("pk")
        yield from map(note_line, rows.iterator(chunk_size=CHUNK))


def comments_of(person: User) -> Iterator[Line]:
    comments = Comment.objects.filter(author=person).select_related("case").order_by("pk")
    for comment in comments.iterator(chunk_size=CHUNK):
        yield {
            "id": comment.pk,
            "note": comment.note_id,
            "parent": comment.parent_id,
            "body": comment.body,
            "language": comment.language,
            "state": comment.case.state,
            "created_at": comment.created_at,
        }


def likes_of(person: User) -> Iterator[Line]:
    likes = Like.objects.filter(user=person).order_by("pk")
    return likes.values("note", "created_at").iterator(chunk_size=CHUNK)


def comment_likes_of(person: User) -> Iterator[Line]:
    likes = CommentLike.objects.filter(user=person).order_by("pk")
    return likes.values("comment", "created_at").iterator(chunk_size=CHUNK)


def boards_of(person: User) -> Iterator[Line]:
    boards = Board.objects.filter(owner=person).order_by("position", "pk")
    rows: Any = boards.values("id", "name", "is_private", "position", "cover", "created_at")
    yield from rows.iterator()


def saves_of(person: User) -> Iterator[Line]:
    saves = Save.objects.filter(user=person).order_by("pk")
    return saves.values("note", "board", "created_at").iterator(chunk_size=CHUNK)


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
    verdicts = Verdict.objects.filter(case__author=person).select_related("case")
    for verdict in verdicts.order_by("pk").iterator(chunk_size=CHUNK):
        yield {
            "about": verdict.case.kind,
            "url": verdict.case.url,
            "outcome": verdict.outcome,
            "rule": verdict.rule,
            "reason": verdict.reason,
            "decided_by": "person" if verdict.by_hand else "machine",
            "created_at": verdict.created_at,
        }


def notifications_of(person: User) -> Iterator[Line]:
    told = person.notifications.order_by("pk").values(
        "kind", "actor__username", "note_id", "comment_id", "data", "created_at", "read_at"
    )
    return told.iterator(chunk_size=CHUNK)


def searches_of(person: User) -> Iterator[Line]:
    asked = Asked.objects.by(person).order_by("pk")
    return asked.values("text", "at").iterator(chunk_size=CHUNK)


def tokens_of(person: User) -> Iterator[Line]:
    tokens = Token.objects.filter(user=person).order_by("pk")
    yield from tokens.values("name", "scopes", "created", "expiry", "last_used_at").iterator()


# The files of an archive, a line of JSON for each row.
FILES: dict[str, Callable[[User], Iterator[Line]]] = {
    "notes": notes_of,
    "comments": comments_of,
    "likes": likes_of,
    "comment_likes": comment_likes_of,
    "boards": boards_of,
    "saves": saves_of,
    "people": people_of,
    "muted_words": words_of,
    "verdicts": verdicts_of,
    "notifications": notifications_of,
    "searches": searches_of,
    "tokens": tokens_of,
}
