"""Posters of people, topics and boards: what a stranger may see there, as one picture.

Who may have one is asked of PostgreSQL each time. What was drawn stays in Redis for an hour under
a name made of all that it shows, so that nothing of what is taken away is kept for long.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, ngettext, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.models import User
from feeds.store import ask
from moderation.language import detect
from moderation.traditional import TRADITIONAL, written
from notes.counts import compact
from notes.models import Board, Image, Note, NoteQuerySet, Topic
from notes.parsing import fold_topic
from notes.posters.drawing import Poster, draw, drawn_face, mosaic
from notes.posters.keeping import cover_of, face_of, opened

KEPT_FOR = timedelta(hours=1)
# Raise it when posters shall look otherwise.
RECIPE = 1
COVERS, LOOKED_AT = 4, 12
COVER_WIDTHS = (360, 720)  # of several, of one alone
STRANGER = AnonymousUser()
open_to_all = cache_control(public=True, max_age=3600, s_maxage=60)


class Words(NamedTuple):
    """What a poster says: title, below it a name and facts, and the language of the title."""

    title: str
    name: str
    facts: str
    language: str


@require_safe
@open_to_all
def person_poster(request: HttpRequest, username: str) -> HttpResponse:
    """Of an account that is open to all; 404 for all others, and between people who block."""
    open_ones = User.objects.visible(STRANGER).visible(request.user).filter(is_private=False)
    person = get_object_or_404(open_ones, username=username)
    notes = Note.objects.visible(STRANGER).by(person)
    with override(person.ui_language):
        facts = f"{_notes(notes)} · {_followers(person.follower_count)}"
    words = Words(person.name, f"@{person.username}", facts, detect(person.name))
    return _answer(words, notes.order_by("-pk"), person)


@require_safe
@open_to_all
def topic_poster(request: HttpRequest, name: str) -> HttpResponse:
    """Of a topic that a stranger could come across; a Chinese one in both ways of writing it."""
    topic = get_object_or_404(Topic.objects.in_use(), name=fold_topic(name.replace("\0", "")))
    notes = Note.objects.recommendable().filter(topics=topic)
    language, other = detect(topic.title), written(topic.title, TRADITIONAL)
    with override("zh-hans" if language == "zh" else "en"):
        facts = _notes(notes)
    second = f"#{other}" if other != topic.title else ""
    return _answer(Words(f"#{topic.title}", second, facts, language), notes.order_by("-pk"))


@require_safe
@open_to_all
def board_poster(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a board that everybody may see."""
    boards = Board.objects.visible(STRANGER).visible(request.user)
    board = get_object_or_404(boards.select_related("owner"), pk=min(pk, 2**63 - 1))
    notes = Note.objects.visible(STRANGER).filter(saves__board=board)
    with override(board.owner.ui_language):
        words = Words(board.title, board.owner.name, _notes(notes), detect(board.title))
    return _answer(words, notes.order_by("-saves__rank", "-saves__pk"), board.owner)


def _notes(notes: NoteQuerySet) -> str:
    number = notes.count()
    return ngettext("%(n)s note", "%(n)s notes", number) % {"n": _short(number)}


def _followers(number: int) -> str:
    return ngettext("%(n)s follower", "%(n)s followers", number) % {"n": _short(number)}


def _short(number: int) -> str:
    return compact(number, get_language() or "en")


def _answer(words: Words, notes: NoteQuerySet, person: User | None = None) -> HttpResponse:
    latest = notes.with_card()[:LOOKED_AT]
    covers = [cover for note in latest if (cover := cover_of(note))][:COVERS]
    shown = (words, [cover.key for cover in covers], settings.POSTER_FONT, RECIPE)
    of_person = (person.pk, person.name, person.avatar) if person else ()
    poster = _kept(repr((shown, of_person)), lambda: _drawn(words, covers, person))
    return HttpResponse(poster, content_type="image/jpeg")


def _drawn(words: Words, covers: list[Image], person: User | None) -> bytes:
    pictures = []
    for cover in covers:
        with contextlib.suppress(FileNotFoundError):
            pictures.append(opened(cover.file_name(COVER_WIDTHS[len(covers) == 1])))
    face = (face_of(person) or drawn_face(person.name, person.pk)) if person else None
    return draw(Poster(mosaic(pictures), *words[:2], words.language, face, words.facts))


def _kept(shown: str, draw_it: Callable[[], bytes]) -> bytes:
    """The poster that shows this, drawn unless Redis has it."""
    key = f"poster:{hashlib.blake2b(shown.encode(), digest_size=16).hexdigest()}"
    if kept := cast("bytes | None", ask(lambda redis: redis.get(key))):
        return kept
    poster = draw_it()
    ask(lambda redis: redis.set(key, poster, ex=KEPT_FOR))
    return poster
