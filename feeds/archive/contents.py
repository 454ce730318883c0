"""What a person wrote, as plain dicts: a generator for each file of an archive.

Rows are streamed, so that the memory does not grow with the number of notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import F, Q

from accounts.models import User
from feeds.archive.knowing import CHUNK, known_comment, known_note
from feeds.models import Taste
from notes.models import Comment, Image, Note, Version

Line = Mapping[str, Any]


def profile_of(person: User) -> Line:
    emails = EmailAddress.objects.filter(user=person).order_by("pk")
    taste = Taste.of(person)
    return {
        "username": person.username,
        "former_usernames": list(person.former_handles.values_list("handle", flat=True)),
        "email": person.email,
        "emails": list(emails.values("email", "verified", "primary")),
        **person.own_words,
        "avatar": f"avatar/{person.avatar}" if person.avatar else None,
        "languages": person.languages,
        "ui_language": person.ui_language,
        "is_private": person.is_private,
        "shows_likes": person.shows_likes,
        "greets_newcomers": person.greets_newcomers,
        "unwanted_kinds": person.unwanted_kinds,
        "digest": person.digest,
        "home": {"personal": taste.personal, "other_language": taste.other_language},
        "date_joined": person.date_joined,
    }


def note_line(note: Note) -> Line:
    pinned = note.pinned
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
        # Those of an edit that is being judged.
        "proposed_images": [image_line(image) for image in note.proposed_images.all()],
        "pinned": pinned and {
            "comment": pinned.pk,
            "comment_author": pinned.author.username,
            "comment_written": pinned.created_at,
        },
        "like_count": note.like_count,
        "save_count": note.save_count,
        "created_at": note.created_at,
        "published_at": note.published_at,
        "edited_at": note.edited_at,
        "publish_at": note.publish_at,
    }  # fmt: skip


def image_line(image: Image) -> Line:
    ready = image.status == Image.Status.READY
    return {
        "id": image.pk,
        "alt": image.alt,
        "width": image.width,
        "height": image.height,
        "placeholder": image.placeholder,
        "files": [image.file_name(width) for width in Image.WIDTHS] if ready else [],
    }


def notes_of(person: User) -> Iterator[Line]:
    for notes in (Note.objects.by(person), Note.drafts.by(person)):
        # Two fields of one name differ in type only: what is read is a Note either way.
        rows: Any = notes.with_page().prefetch_related("proposed_images").order_by("pk")
        rows = rows.select_related("author", "case", "pinned__author")
        yield from map(note_line, rows.iterator(chunk_size=CHUNK))


VERSION = (
    "note_id", "number", "title", "body", "place", "second_title", "second_body", "named_topics",
    "pictures", "created_at", "shown_at", "dropped_at",
)  # fmt: skip


def versions_of(person: User) -> Iterator[Line]:
    """Earlier wordings, the one that is shown, and one that waits."""
    versions = Version.objects.filter(note__author=person).select_related("case")
    shown: Any = versions.annotate(is_shown=Q(case=F("note__case")))
    for version in shown.order_by("note", "number").iterator(chunk_size=CHUNK):
        line = {name: getattr(version, name) for name in VERSION}
        yield line | {"state": version.state, "is_shown": version.is_shown}


def comments_of(person: User) -> Iterator[Line]:
    comments = Comment.objects.filter(author=person).select_related("case").order_by("pk")
    known = comments.annotate(
        **known_note(person, "note"), **known_comment(person, "parent", "parent")
    )
    fields = (
        "id", "note", "note_author", "note_written", "parent", "parent_author", "parent_written",
        "body", "edit_body", "language", "case__state", "created_at", "edited_at",
    )  # fmt: skip
    for line in known.values(*fields).iterator(chunk_size=CHUNK):
        yield {"state" if name == "case__state" else name: line[name] for name in fields}
