"""Finding what readers offered for a translation."""

from __future__ import annotations

from django.http import Http404

from accounts.models import User, Viewer
from notes.contents import Content, find_content
from notes.models import Wording
from notes.models.translation import WordingQuerySet
from notes.translation.shown import rows_of
from notes.translation.texts import author_of, content_of, text_of

LARGEST_ID = 2**63 - 1


def decides(person: Viewer, content: Content) -> bool:
    """Whether somebody may take or refuse words: the author of the text, and moderators."""
    if not isinstance(person, User):
        return False
    return author_of(content).pk == person.pk or (person.is_staff and person.is_moderator)


def readable_wordings(reader: Viewer, content: Content, language: str) -> WordingQuerySet:
    """What was offered for what a text says now, as far as this reader may read it."""
    rows = rows_of(content, language).filter(digest=text_of(content).digest)
    readable = Wording.objects.readable(reader, decides=decides(reader, content))
    offered = readable.filter(translation__in=rows).select_related("by", "case", "translation")
    return offered.order_by("-pk")


def find_wording(reader: User, pk: int) -> Wording:
    """An offer that this person may read, for a text that they may see. Raises Http404."""
    offered = Wording.objects.select_related("case", "by", "translation")
    wording = offered.filter(pk=min(pk, LARGEST_ID)).first()
    if wording is None:
        raise Http404
    content = _seen(reader, content_of(wording.translation))
    if not Wording.objects.readable(reader, decides=decides(reader, content)).filter(pk=wording.pk):
        raise Http404
    return wording


def _seen(reader: User, content: Content) -> Content:
    if isinstance(content, User):
        return find_content(reader, "user", content.username)
    return find_content(reader, content._meta.model_name or "", str(content.pk))
