"""Pages of feeds: explore, topics, following."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from accounts.models import Language, User, Viewer, marks
from accounts.requests import PersonRequest, is_partial, page_or_part, signed_in
from accounts.words import whole_number
from feeds import interests
from feeds.candidates import followed_topics
from feeds.cards import cards_of
from feeds.cursors import BadCursorError
from feeds.exchange.answers import present_question
from feeds.fragments import Row, rows_of
from feeds.frames import NOTHING, chips_of, framed
from feeds.meetings import meet
from feeds.models import Place, Taste
from feeds.pages import PAGE, Page, explore_page, following_page, home_page
from feeds.ranking import Scope
from feeds.related import related
from moderation.models import VISIBLE_STATES
from notes.models import Note, Topic, topic_mark
from notes.parsing import fold_topic
from notes.seeing import seen_note

# After so long nobody is asked for topics any more.
NEW = timedelta(days=2)


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Home for who is known, Explore for everybody else and when a language is asked for."""
    if isinstance(request.user, User) and "language" not in request.GET:
        return _home(request, request.user)
    return explore(request)


def _home(request: HttpRequest, reader: User) -> HttpResponse:
    """Notes ranked for one reader; who is here for the first time is asked for topics."""
    if choices := _asks_for_topics(request, reader):
        return render(request, "feeds/interests.html", {"choices": choices})
    try:
        page = home_page(reader, request.GET.get("cursor", ""))
    except BadCursorError as error:
        raise BadRequest("cursor") from error
    return _waterfall(request, "feeds/home.html", page, _followed(request, reader))


def _followed(request: HttpRequest, reader: User) -> SafeString:
    """Links to the topics that the reader follows."""
    return NOTHING if is_partial(request) else _chosen(reader.pk, reader.feed_version)


@lru_cache(maxsize=10_000)
def _chosen(reader: int, feed_version: int) -> SafeString:
    """As they are until the reader asks for something else by hand, which raises the version."""
    names = followed_topics(reader).values()
    return chips_of((name, reverse("topic", args=[name])) for name in names)


def _asks_for_topics(request: HttpRequest, reader: User) -> list[interests.Choice]:
    """Topics to choose from at the first visit, and never again."""
    plain = not request.GET and not is_partial(request)
    new = timezone.now() - reader.date_joined < NEW
    return interests.choices(reader) if plain and new and not Taste.of(reader).asked_at else []


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    """The public waterfall, of one language if asked."""
    asked = request.GET.get("language", "")
    language = asked if asked in Language.values else ""
    page = _explore_page(request, Scope(language))
    chips = chips_of(() if is_partial(request) else interests.talked_about(language))
    return _waterfall(request, "feeds/explore.html", page, chips, language)


@require_safe
def topic(request: HttpRequest, name: str) -> HttpResponse:
    """The waterfall of a topic, under the one spelling of its name."""
    known = Topic.objects.in_use(request.user)
    found = get_object_or_404(known, name=fold_topic(name.replace("\0", "")))
    if name != found.name:
        return redirect(found)
    page = _explore_page(request, Scope("", found.name))
    context = {"topic": found, "mark": topic_mark(request.user, found)}
    return _cards(request, "feeds/explore.html", page.rows, _next(request, page), context)


@require_safe
def related_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes beside a note; whoever comes as far as this has opened the note and seen its end."""
    note = seen_note(request.user, pk)
    meet(request.user.pk, Place.OPENED, [note.pk])
    cards = cards_of(related(note, request.user), request.user.is_authenticated)
    context = {"note": note, "cards": cards}
    return page_or_part(request, "feeds/related.html", "feeds/_related.html", context)


@require_safe
@signed_in
def following(request: PersonRequest) -> HttpResponse:
    """Everything from the people one follows, newest first."""
    try:
        page = following_page(request.user, request.GET.get("cursor", ""))
    except BadCursorError as error:
        raise BadRequest("cursor") from error
    return _waterfall(request, "feeds/following.html", page)


@require_safe
def profile(request: HttpRequest, username: str) -> HttpResponse:
    """A person and their notes, the latest first."""
    person = User.objects.reachable(request.user).filter(username=username).first()
    if person is None:
        return redirect(_renamed(request.user, username))
    notes = Note.objects.visible(request.user).by(person)
    shown = notes.filter(case__state__in=VISIBLE_STATES).marked_for(request.user)
    between = marks(request.user, person)
    before = request.GET.get("before", "")
    earlier = whole_number(before)
    later = shown if earlier is None else shown.filter(pk__lt=earlier)
    ids = list(later.order_by("-pk").values_list("pk", flat=True)[: PAGE + 1])
    context = {
        "person": person,
        "note_count": shown.count(),
        "marks": between,
        "is_closed": person.is_private and not between["following"],
        "waiting": notes.exclude(case__state__in=VISIBLE_STATES).with_card().order_by("-pk")[:PAGE]
        if request.user == person
        else (),
    }
    next_url = f"{request.path}?before={ids[PAGE - 1]}" if len(ids) > PAGE else ""
    return _cards(request, "feeds/profile.html", rows_of(ids[:PAGE], shown), next_url, context)


def _renamed(viewer: Viewer, username: str) -> User:
    """Who had this handle before. Raises Http404."""
    return get_object_or_404(User.objects.visible(viewer), former_handles__handle=username)


def _explore_page(request: HttpRequest, scope: Scope) -> Page:
    try:
        return explore_page(request.user, scope, request.GET.get("cursor", ""))
    except BadCursorError as error:
        raise BadRequest("cursor") from error


def _next(request: HttpRequest, page: Page) -> str:
    """The address of the next page, or ""."""
    kept = {key: value for key, value in request.GET.items() if key == "language"}
    query = urlencode(kept | {"cursor": page.next_cursor})
    return f"{request.path}?{query}" if page.next_cursor else ""


def _waterfall(
    request: HttpRequest, template: str, page: Page, chips: SafeString = NOTHING, language: str = ""
) -> HttpResponse:
    """A feed of many: its frame is drawn once for them all."""
    cards = cards_of(page.rows, request.user.is_authenticated)
    shown = {"language": language, "question": present_question()}
    return framed(request, template, cards, _next(request, page), chips, shown)


def _cards(
    request: HttpRequest,
    template: str,
    rows: list[Row],
    next_url: str,
    context: dict[str, object],
) -> HttpResponse:
    """The whole page, or for htmx only its cards and the way to the next ones."""
    context["cards"] = cards_of(rows, request.user.is_authenticated)
    context["next_url"] = next_url
    return page_or_part(request, template, "feeds/_waterfall.html", context)
