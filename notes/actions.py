"""What people do with notes: upload, post, delete, like, comment.

Every function that takes words checks them and raises ValidationError naming the field,
so that the page and the API refuse the same things in the same words.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.commits import after_commit, ring
from accounts.models import User
from accounts.pictures import check_picture, store_incoming
from accounts.words import checked
from moderation.actions import close_case, open_case
from moderation.language import detect
from moderation.models import Case, Readers
from notes import parsing, tasks
from notes.models import (
    ALT_LENGTH,
    BODY_LENGTH,
    COMMENT_LENGTH,
    MOST_IMAGES,
    PLACE_LENGTH,
    TITLE_LENGTH,
    Audience,
    Comment,
    Image,
    Like,
    Note,
    Topic,
)
from notes.rendering import complete_note, delete_files

# Who could read it once it is published, in the words of moderation.
READERS: dict[str, Readers] = {
    Audience.PUBLIC: Readers.EVERYONE,
    Audience.FOLLOWERS: Readers.SOME,
    Audience.PRIVATE: Readers.NOBODY,
}


def upload_image(owner: User, file: UploadedFile[bytes], alt: str = "") -> Image:
    """Keep an upload; a worker makes its renditions. Raises ValidationError for a bad file."""
    try:
        width, height = check_picture(file)
    except ValidationError as error:
        raise ValidationError({"file": error}) from None
    image = Image.objects.create(
        owner=owner,
        alt=checked("alt", alt, ALT_LENGTH),
        width=width,
        height=height,
        incoming=store_incoming(file),
    )
    ring(tasks.render, image.pk)
    return image


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


def describe_image(image: Image, alt: str) -> None:
    """Change the description of an image. Raises ValidationError."""
    alt = checked("alt", alt, ALT_LENGTH)
    # What stands in a note has been judged with its words.
    if not Image.objects.filter(pk=image.pk, note=None).update(alt=alt):
        message = _("This image is in a note; its description cannot change any more.")
        raise ValidationError({"alt": ValidationError(message, "in_note")})
    image.alt = alt


@transaction.atomic
def delete_image(image: Image, by: User) -> None:
    """Delete an upload that is in no note yet."""
    if image.owner_id != by.pk or image.note_id:
        raise PermissionDenied
    image.delete()
    after_commit(delete_files, [image])


@transaction.atomic
def like(user: User, note: Note) -> None:
    """Like a note; doing it twice is doing it once. Raises Http404 when it is just gone."""
    _hold(note)
    if Like.objects.get_or_create(user=user, note=note)[1]:
        Note.objects.filter(pk=note.pk).update(like_count=F("like_count") + 1)


@transaction.atomic
def unlike(user: User, note: Note) -> None:
    """Like a note no longer; doing it twice is doing it once."""
    if Like.objects.filter(user=user, note=note).delete()[0]:
        Note.objects.filter(pk=note.pk).update(like_count=Greatest(F("like_count") - 1, 0))


@transaction.atomic
def submit_comment(author: User, note: Note, body: str, parent: Comment | None = None) -> Comment:
    """Comment on a note or reply to a comment; a worker decides when others may see it."""
    body = checked("body", body, COMMENT_LENGTH)
    if not body:
        raise ValidationError({"body": _("Write a few words.")}, code="required")
    _hold(note)
    language = detect(body)
    comment = Comment.objects.create(
        case=open_case("comment", author, body, language, READERS[note.audience]),
        note=note,
        author=author,
        body=body,
        language=language,
        parent=parent,
    )
    Case.objects.filter(pk=comment.case_id).update(url=note.get_absolute_url())
    return comment


def checked_parent(comments: QuerySet[Comment], pk: int) -> Comment:
    """Return the comment to reply to. Raises ValidationError when it is not among these."""
    parent = comments.filter(pk=pk).first()
    if parent is None:
        raise ValidationError({"parent": _("This comment is not under this note.")}, code="invalid")
    return parent


@transaction.atomic
def delete_comment(comment: Comment, by: User) -> None:
    """Delete one's own comment, or any under one's own note."""
    if by.pk not in (comment.author_id, comment.note.author_id):
        raise PermissionDenied
    close_case(comment.case_id, *comment.replies.values_list("case_id", flat=True))
    comment.delete()


def _hold(note: Note) -> None:
    """Keep a note from being deleted until this transaction ends. Raises Http404 if it is gone."""
    get_object_or_404(Note.objects.select_for_update(no_key=True, of=("self",)), pk=note.pk)


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
