"""Topics a newcomer may choose from, each with a picture; and what is talked about now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import caches
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User, Viewer
from notes.models import Image, Note, NoteQuerySet, Topic, TopicMute

CHOICES = 24
TRENDING = 12
CHIPS = 8
ONE_MINUTE = 60
PERIOD = timedelta(days=7)
FEWEST_AUTHORS = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """A topic and the cover of one of its notes."""

    topic: Topic
    image: Image | None


def trending(language: str = "", limit: int = TRENDING) -> list[Topic]:
    """Topics that several people wrote about lately, the most authors first."""
    notes = Note.objects.recommendable().filter(published_at__gt=timezone.now() - PERIOD)
    if language:
        notes = notes.filter(language=language)
    return _by_authors(notes)[:limit]


def talked_about(language: str) -> list[tuple[str, str]]:
    """Title and address of what is trending, asked for once a minute and process."""
    key = f"trending:{language}"
    known: list[tuple[str, str]] | None = caches["drawn"].get(key)
    if known is None:
        known = [(topic.title, topic.get_absolute_url()) for topic in trending(language, CHIPS)]
        caches["drawn"].set(key, known, ONE_MINUTE)
    return known


def talked_about_in_pictures(viewer: Viewer) -> list[Choice]:
    """What is trending, each with a cover that this viewer may be shown."""
    return _with_pictures(trending(), Note.objects.recommendable(viewer))


def choices(reader: User) -> list[Choice]:
    """Topics to begin with: those of many authors, in the reader's languages first."""
    notes = Note.objects.recommendable(reader)
    muted = set(TopicMute.objects.filter(user=reader).values_list("topic_id", flat=True))
    own = _by_authors(notes.filter(language__in=reader.languages), CHOICES)
    every = own + [topic for topic in _by_authors(notes, CHOICES) if topic not in own]
    wanted = [topic for topic in every if topic.pk not in muted]
    return _with_pictures(wanted[:CHOICES], notes)


def _by_authors(notes: NoteQuerySet, most: int = 60) -> list[Topic]:
    counted = Topic.objects.filter(notes__in=notes).annotate(
        authors=Count("notes__author", filter=Q(notes__in=notes), distinct=True)
    )
    several = counted.filter(authors__gte=FEWEST_AUTHORS)
    return list(several.order_by("-authors", "name")[:most])


def _with_pictures(topics: Sequence[Topic], notes: NoteQuerySet) -> list[Choice]:
    """In two queries, whatever their number. No picture stands twice."""
    pairs = Note.topics.through.objects.filter(topic__in=topics, note__in=notes)
    ready = Image.objects.filter(
        status=Image.Status.READY, position=0, note__in=pairs.values("note"), note__case__warning=""
    )
    covers = {image.note_id: image for image in ready}
    found: dict[int, Image] = {}
    for note, topic in pairs.order_by("-note").values_list("note_id", "topic_id"):
        if topic not in found and note in covers and covers[note] not in found.values():
            found[topic] = covers[note]
    return [Choice(topic, found.get(topic.pk)) for topic in topics]
