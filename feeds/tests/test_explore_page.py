"""Explore, topics and following as pages: one full page, then parts of it for htmx."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.actions import follow
from accounts.models import User
from conftest import PostNote
from feeds.actions import mark_asked
from feeds.pages import PAGE
from notes.actions import like

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def titles(page: str) -> list[str]:
    return re.findall(r'class="card__title"[^>]*>([^<]*)<', page)


def get(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_anybody_explores_without_session_and_token(
    client: Client, ann: User, post_note: PostNote
) -> None:
    post_note(ann, "Slow Sunday")
    answer = client.get("/")
    assert titles(answer.content.decode()) == ["Slow Sunday"]
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_a_channel_holds_the_notes_of_its_language(
    client: Client, ann: User, mei: User, post_note: PostNote
) -> None:
    post_note(ann, "Slow Sunday, wet leaves")
    post_note(mei, "周末去山里走走")
    assert titles(get(client, "/?language=zh")) == ["周末去山里走走"]
    assert titles(get(client, "/?language=en")) == ["Slow Sunday, wet leaves"]
    assert len(titles(get(client, "/?language=xx"))) == 2


def test_a_topic_has_its_own_page_under_one_spelling(
    client: Client, ann: User, post_note: PostNote
) -> None:
    post_note(ann, "Leaves", "#Autumn")
    post_note(ann, "Snow", "#winter")
    assert titles(get(client, "/topics/autumn/")) == ["Leaves"]
    assert client.get("/topics/Autumn/")["Location"] == "/topics/autumn/"
    assert client.get("/topics/spring/").status_code == 404


@pytest.mark.parametrize("address", ["/", "/following/"])
def test_the_next_page_is_a_link_and_a_part_for_htmx(
    browser_of: BrowserOf, ann: User, post_note: PostNote, address: str
) -> None:
    for n in range(PAGE + 2):
        post_note(ann, f"Note {n}")
    browser = browser_of(ann)
    first = get(browser, address)
    match = re.search(r'rel="next" href="([^"]+)"', first)
    assert match
    assert first.count('fetchpriority="high"') == 4  # the first row, for which people wait
    part = get(browser, match[1], **HTMX)
    assert "<html" not in part
    assert "<html" in get(browser, match[1])
    assert 'rel="next"' not in part
    seen = titles(first) + titles(part)
    assert len(seen) == len(set(seen)) == PAGE + 2


@pytest.mark.parametrize("address", ["/", "/following/", "/topics/autumn/"])
def test_an_invented_cursor_is_a_clean_400(
    browser_of: BrowserOf, ann: User, post_note: PostNote, address: str
) -> None:
    post_note(ann, body="#autumn")
    answer = browser_of(ann).get(address, {"cursor": "invented"})
    assert answer.status_code == 400
    assert "<h1>We did not understand that</h1>" in answer.content.decode()


def test_hearts_are_the_readers_own(
    client: Client, browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    like(mei, note)
    assert f'href="/accounts/login/?next=/notes/{note.pk}/"' in get(client, "/")
    assert 'aria-pressed="true"' in get(browser_of(mei), "/")
    assert 'aria-pressed="false"' in get(browser_of(ann), "/")
    assert '<form id="marks"' in get(browser_of(ann), "/")


def test_following_is_the_notes_of_the_people_one_follows(
    browser_of: BrowserOf, ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    post_note(mei, "周末")
    post_note(tang, "Noise")
    browser = browser_of(ann)
    assert "Quiet in here" in get(browser, "/following/")
    follow(ann, mei)
    assert titles(get(browser, "/following/")) == ["周末"]


def test_following_needs_an_account(client: Client) -> None:
    assert client.get("/following/")["Location"] == "/accounts/login/?next=/following/"


def test_a_profile_shows_what_this_reader_may_see(
    client: Client, browser_of: BrowserOf, ann: User, mei: User, post_note: PostNote
) -> None:
    post_note(ann, "For all")
    post_note(ann, "For followers", audience="followers")
    post_note(ann, "Held back", state="held")
    assert titles(get(client, "/@ann/")) == ["For all"]
    follow(mei, ann)
    page = get(browser_of(mei), "/@ann/")
    assert titles(page) == ["For followers", "For all"]
    assert "Held back" not in page
    own = get(browser_of(ann), "/@ann/")
    assert titles(own) == ["For followers", "For all"]
    assert "Seen only by you" in own
    assert "Held back" in own


def test_a_profile_has_pages(client: Client, ann: User, post_note: PostNote) -> None:
    for n in range(PAGE + 1):
        post_note(ann, f"Note {n}")
    first = get(client, "/@ann/")
    match = re.search(r'rel="next" href="([^"]+)"', first)
    assert match
    assert titles(get(client, match[1], **HTMX)) == ["Note 0"]


def test_nobody_has_a_page_after_leaving(client: Client, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert client.get("/@ann/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"), [("/", 4), ("/explore/", 3), ("/following/", 3), ("/@ann/", 7)]
)
def test_a_page_costs_the_same_for_one_and_three_notes(
    browser_of: BrowserOf,
    ann: User,
    mei: User,
    post_note: PostNote,
    django_assert_num_queries: DjangoAssertNumQueries,
    number: int,
    address: str,
    queries: int,
) -> None:
    follow(mei, ann)
    mark_asked(mei)  # not the first visit
    for n in range(number):
        post_note(ann, f"Note {n}", images=n + 1)
    browser = browser_of(mei)
    get(browser, address)
    with django_assert_num_queries(queries):
        get(browser, address)


def test_a_frame_drawn_for_one_reader_says_nothing_of_them_to_the_next(
    client: Client, ann: User, mei: User, bo: User, post_note: PostNote
) -> None:
    post_note(bo, "{handle}, come in")
    pages = {}
    for reader in (ann, mei):
        mark_asked(reader)
        browser = Client(headers={"accept-language": "en"})
        browser.force_login(reader)
        pages[reader.username] = browser.get("/").content.decode()
        assert f'href="/@{reader.username}/"' in pages[reader.username]
        assert "{handle}, come in" in pages[reader.username]
    token = re.compile(r'csrfmiddlewaretoken" value="(\w+)"')
    tokens = [token.search(page) for page in pages.values()]
    first, second = (found[1] for found in tokens if found)
    assert first != second
    assert "/@ann/" not in pages["mei"]
    elsewhere = client.get("/", headers={"host": "localhost"}).content.decode()
    assert "//testserver" not in elsewhere
