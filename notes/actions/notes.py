"""Posting and deleting notes."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.commits import after_commit
from accounts.models import User
from accounts.words import checked
from moderation.actions import close_case, open_case
from moderation.language import detect
from moderation.models import Case
from notes import parsing
from notes.actions.holding import READERS
from notes.models import (
    BODY_LENGTH,
    MOST_IMAGES,
    PLACE_LENGTH,
    TITLE_LENGTH,
    Audience,
    Image,
    Note,
    Topic,
)
from notes.rendering import complete_note, delete_files


@transaction.atomic
def submit_note(
    author: User,
    title: str,
    body: str,
    images: Iterable[int],
    *,
    language: str = "",
    audience: str = Audience.PUBLIC,
    place: str = "",
    topics: Iterable[str] = (),
) -> Note:
    """Post a note; a worker decides when others may see it."""
    title = checked("title", title, TITLE_LENGTH)
    body = checked("body", body, BODY_LENGTH)
    place = checked("place", place, PLACE_LENGTH)
    if not title and not body:
        raise ValidationError({"title": _("Write a title or a few words.")}, code="required")
    pictures = _own_images(author, list(images))
    words = f"{title}\n\n{body}".strip()
    language = language or detect(words)
    alts = [picture.alt for picture in pictures]
    named = _checked_topics(topics)
    text = "\n\n".join(part for part in [words, place, " ".join(named), *alts] if part)
    note = Note.objects.create(
        case=open_case("note", author, text, language, READERS[audience], ready=False),
        author=author,
        title=title,
        body=body,
        language=language,
        audience=audience,
        place=place,
    )
    Case.objects.filter(pk=note.case_id).update(url=note.get_absolute_url())
    _attach(note, pictures)
    note.topics.set(_topics(parsing.find_topics(words, named)))
    note.mentions.set(User.objects.filter(username__in=parsing.find_mentions(words)))
    complete_note(note.pk)
    return note


@transaction.atomic
def delete_note(note: Note, by: User) -> None:
    """Delete a note and all that hangs on it. Its case stays, as the record of what was judged."""
    if note.author_id != by.pk:
        raise PermissionDenied
    # Locked, so that nobody likes or comments on what is about to go.
    note = get_object_or_404(Note.objects.select_for_update(of=("self",)), pk=note.pk)
    close_case(note.case_id, *note.comments.values_list("case_id", flat=True))
    images = list(note.images.all())
    note.delete()
    after_commit(delete_files, images)


def _own_images(author: User, ids: list[int]) -> list[Image]:
    """Return the author's loose images in the order of their ids, locked."""
    if not 1 <= len(ids) <= MOST_IMAGES:
        raise ValidationError({"images": _("A note has 1 to 18 images.")}, code="count")
    found = {
        image.pk: image
        for image in Image.objects.loose_of(author).select_for_update().filter(pk__in=ids)
    }
    if len(found) != len(ids):
        raise ValidationError(
            {"images": _("One of these images does not exist, or is in a note already.")},
            code="does_not_exist",
        )
    return [found[pk] for pk in ids]


def _checked_topics(named: Iterable[str]) -> list[str]:
    """Return topics given apart as #hashtags. Raises ValidationError for what cannot be one."""
    names = [name for name in named if name.strip().lstrip("#＃")]
    if not all(map(parsing.is_topic, names)):
        message = _("A topic is a word of letters, digits, - and _.")
        raise ValidationError({"topics": message}, code="invalid")
    return ["#" + name.strip().lstrip("#＃") for name in names]


def _attach(note: Note, images: list[Image]) -> None:
    for position, image in enumerate(images):
        image.note, image.position = note, position
    Image.objects.bulk_update(images, ["note", "position"])


def _topics(titles: list[str]) -> list[Topic]:
    names = {parsing.fold_topic(title): title for title in titles}
    Topic.objects.bulk_create(
        [Topic(name=name, title=title) for name, title in sorted(names.items())],
        ignore_conflicts=True,
    )
    return list(Topic.objects.filter(name__in=names))
