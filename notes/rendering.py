"""Making the renditions of an image, and letting its note go on when all are made."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from PIL import Image as Picture

from accounts.pictures import BAD_PICTURE, decode, encode, placeholder, store
from moderation.actions import make_ready
from moderation.hashes import fingerprint
from moderation.models import Case
from notes.models import Image, Note, Version

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
# Many times longer than the largest picture takes.
CLAIMED_FOR = timedelta(seconds=30)
OVERDUE_AFTER = timedelta(seconds=20)


def render_image(image_id: int) -> None:
    """Turn an upload into renditions. Safe to run twice: one worker at a time has the claim."""
    unfinished = Image.objects.unfinished().filter(pk=image_id)
    now = timezone.now()
    free = unfinished.filter(Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIMED_FOR))
    if free.update(attempts=F("attempts") + 1, claimed_at=now) != 1:
        return
    image = Image.objects.get(pk=image_id)
    unfinished.update(**_outcome(image), incoming="")
    if image.incoming:
        default_storage.delete(image.incoming)
    for note_id in Image.objects.filter(pk=image_id).values_list("note", "proposed_for")[:1]:
        complete_note(note_id[0] or note_id[1] or 0)


def _outcome(image: Image) -> dict[str, object]:
    """What becomes of an upload. A fault of the disk raises, and is tried again later."""
    if image.attempts > MOST_ATTEMPTS:
        return {"status": Image.Status.REJECTED}
    with default_storage.open(image.incoming) as file:
        data = io.BytesIO(file.read())
    try:
        picture = decode(data, max(image.WIDTHS))
    except BAD_PICTURE:
        return {"status": Image.Status.REJECTED}
    # From large to small, each from the one before: a quarter of the pixels to read.
    encoded = b""
    for edge in sorted(image.WIDTHS, reverse=True):
        # One that is no wider than this has been encoded already.
        if not encoded or picture.width > edge:
            picture = narrowed(picture, edge)
            encoded = encode(picture)
        name = image.file_name(edge)
        default_storage.delete(name)
        store(name, encoded)
    return {
        "status": Image.Status.READY,
        "placeholder": placeholder(picture),
        "fingerprint": fingerprint(picture),
    }


def narrowed(picture: Picture.Image, width: int) -> Picture.Image:
    """The picture at most so wide; one that is not wider stays as it is."""
    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Picture.Resampling.LANCZOS, reducing_gap=2.0)


def complete_note(note_id: int) -> None:
    """Give a note, and an edit of it, to moderation once none of the images is being made."""
    note = Note.objects.select_related("case").filter(pk=note_id).first()
    if note is None:
        return
    _hand_on(note.case, note.images.all())
    for version in Version.objects.open().filter(note=note).select_related("case"):
        ids = [picture["id"] for picture in version.pictures]
        _hand_on(version.case, Image.objects.filter(pk__in=ids))


def _hand_on(case: Case, images: Iterable[Image]) -> None:
    pictures = list(images)
    ready = [picture for picture in pictures if picture.status == Image.Status.READY]
    # A note none of whose pictures can be read stays with its author.
    if ready and all(picture.status != Image.Status.PROCESSING for picture in pictures):
        names = [picture.file_name(360) for picture in ready]
        make_ready(case, names, [picture.fingerprint for picture in ready])


def render_overdue(at_most: int = 100) -> None:
    """Heal what a lost message or a dead worker left: images unmade, notes not handed on."""
    late = timezone.now() - OVERDUE_AFTER
    overdue = Image.objects.unfinished().filter(created_at__lt=late).order_by("id")
    for pk in overdue.values_list("pk", flat=True)[:at_most]:
        try:
            render_image(pk)
        except Exception:
            logger.exception("image %s could not be rendered", pk)
    unfinished = Image.objects.unfinished().filter(note=OuterRef("pk"))
    waiting = Note.objects.filter(
        ~Exists(unfinished), case__state="pending", case__ready_at=None, created_at__lt=late
    )
    edited = Version.objects.open().filter(case__ready_at=None, created_at__lt=late)
    for pk in [
        *waiting.values_list("pk", flat=True)[:at_most],
        *edited.values_list("note", flat=True)[:at_most],
    ]:
        complete_note(pk)


def delete_files(images: list[Image]) -> None:
    for image in images:
        for name in [image.incoming, *files_in(image.folder)]:
            if name:
                default_storage.delete(name)


def files_in(folder: str) -> list[str]:
    """The files in a folder; none where it is not there yet."""
    try:
        names = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in names]
