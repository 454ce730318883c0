"""How pages move and answer: from card to note, and hearts before the answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import AT_ONCE, Open, Village, cookie_of
from tests.browser.eyes import DESK, PHONE
from tests.journey.house import House
from tests.journey.people import Person

pytestmark = pytest.mark.browser
COUNTED = """
window.morphs = 0;
const start = document.startViewTransition.bind(document);
document.startViewTransition = (change) => { window.morphs += 1; return start(change); };
"""
HEART = ".note__marks .heart[aria-pressed]:not(.heart--save)"


@pytest.fixture
def reader(stack: House) -> Iterator[Person]:
    """Somebody new, who has liked and followed nothing yet."""
    person = Person(stack.url, "reader")
    with closing(person.http):
        yield person


@pytest.mark.parametrize(("motion", "morphs"), [("no-preference", 2), ("reduce", 0)])
def test_a_picture_grows_from_its_card_where_motion_is_welcome(
    village: Village, open_page: Open, motion: str, morphs: int
) -> None:
    page = open_page("/rules/", reduced_motion=motion)
    page.add_init_script(COUNTED)
    page.goto("/")
    page.locator(f'a[data-layer][href="/notes/{village.gallery}/"]').click()
    layer = page.get_by_role("dialog", name="Three days in the hills")
    expect(layer.get_by_role("heading", name="Three days in the hills")).to_be_visible()
    layer.get_by_role("button", name="Close").click()
    expect(layer).to_be_hidden()
    page.wait_for_url(f"{village.url}/")
    assert page.evaluate("window.morphs") == morphs
    expect(page.locator("[style*=note-picture]")).to_have_count(0)


def test_the_card_stands_in_while_the_note_is_on_its_way(village: Village, open_page: Open) -> None:
    page, waiting = open_page("/"), list[Route]()
    page.route(f"**/notes/{village.gallery}/", lambda route: waiting.append(route))
    page.locator(f'a[data-layer][href="/notes/{village.gallery}/"]').click()
    layer = page.locator("dialog.layer")
    expect(layer.locator(".carousel__track img[srcset]")).to_be_visible()
    expect(layer.locator(".skeleton").first).to_be_visible()
    assert page.url == f"{village.url}/notes/{village.gallery}/"
    waiting[0].continue_()
    expect(layer.get_by_role("heading", name="Three days in the hills")).to_be_visible()
    expect(layer.locator(".skeleton")).to_have_count(0)


@pytest.fixture
def offline_at_times(browser: Browser, village: Village, reader: Person) -> Iterator[Page]:
    """A page whose console may complain: what it asks for fails."""
    with closing(browser.new_context(base_url=village.url, viewport=DESK, locale="en-US")) as shut:
        shut.add_cookies([cookie_of(reader)])
        shut.add_init_script(AT_ONCE)
        yield shut.new_page()


def on_its_way(page: Page, waiting: list[Route]) -> Route:
    """The request that is held back: sent a moment after the page has changed."""
    for _ in range(1000):
        if waiting:
            break
        page.wait_for_timeout(10)
    return waiting.pop()


def test_hearts_and_follows_answer_at_once_and_take_it_back_when_that_fails(
    village: Village, offline_at_times: Page
) -> None:
    page, waiting = offline_at_times, list[Route]()
    page.goto(f"/notes/{village.gallery}/")
    page.route("**/like/", lambda route: waiting.append(route))
    page.route("**/follow/", lambda route: waiting.append(route))
    heart, count = page.locator(HEART), page.locator(f"{HEART} [data-count]")
    before = int(count.text_content() or 0)
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    expect(count).to_have_text(str(before + 1))
    on_its_way(page, waiting).abort()
    expect(heart).to_have_attribute("aria-pressed", "false")
    expect(count).to_have_text(str(before))
    expect(page.locator(".toast")).to_contain_text("That did not work")

    follow = page.locator(".note__author form button")
    follow.click()
    expect(follow).to_have_text("Following")
    on_its_way(page, waiting).fulfill(status=503, body="")
    expect(follow).to_have_text("Follow")
    expect(follow).to_have_attribute("data-kind", "primary")
    page.unroute("**/like/")
    with page.expect_response("**/like/"):
        heart.click()
    page.reload()
    expect(heart).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(
    ("button", "path"),
    [
        (HEART, "like"),
        (".note__marks .heart--save", "save"),
        (".note__author form button", "follow"),
    ],
)
def test_the_last_tap_wins_however_late_the_first_is_answered(
    village: Village, offline_at_times: Page, button: str, path: str
) -> None:
    page, waiting = offline_at_times, list[Route]()
    page.goto(f"/notes/{village.gallery}/")
    tapped = page.locator(button)

    def look() -> tuple[str, str | None]:
        return tapped.inner_text(), tapped.get_attribute("aria-pressed")

    def tap(times: int) -> None:
        for _ in range(times):
            tapped.click()

    page.route(f"**/{path}/", lambda route: waiting.append(route))
    before = look()
    tap(3)
    after = look()
    assert after != before
    waiting.pop(0).abort()
    expect(page.locator(".toast")).to_contain_text("That did not work")
    assert look() == before

    tap(2)
    assert look() == before
    with page.expect_request(f"**/{path}/") as second:
        waiting.pop(0).continue_()
    assert "undo=1" in (second.value.post_data or "")
    assert look() == before
    with page.expect_response(f"**/{path}/"):
        waiting.pop(0).continue_()
    page.unroute(f"**/{path}/")
    page.reload()
    assert (look(), waiting) == (before, [])

    page.route(f"**/{path}/", lambda route: waiting.append(route))
    tap(3)
    with page.expect_response(f"**/{path}/"):
        waiting.pop(0).continue_()
    page.unroute(f"**/{path}/")
    page.reload()
    assert (look(), waiting) == (after, [])


@pytest.mark.parametrize(("taps", "liked"), [(1, "true"), (2, "false"), (3, "true")])
def test_the_last_tap_counts_though_the_layer_is_closed_at_once(
    village: Village, open_page: Open, reader: Person, taps: int, liked: str
) -> None:
    page, waiting = open_page("/explore/", reader), list[Route]()
    page.route("**/like/", lambda route: waiting.append(route))
    page.locator(f'a[data-layer][href="/notes/{village.gallery}/"]').click()
    page.locator(f".layer {HEART}").click(click_count=taps)
    page.keyboard.press("Escape")
    page.wait_for_url("**/explore/")  # closed, and gone back
    for _ in range(2 if taps == 2 else 1):
        with page.expect_response("**/like/"):
            on_its_way(page, waiting).continue_()
    page.goto(f"/notes/{village.gallery}/")
    expect(page.locator(HEART)).to_have_attribute("aria-pressed", liked)


def test_two_taps_on_a_picture_like_it_unless_it_is_enlarged(
    village: Village, open_page: Open, reader: Person
) -> None:
    page = open_page(f"/notes/{village.gallery}/", reader, viewport=PHONE, has_touch=True)
    heart, drawn = page.locator(HEART), page.locator(".carousel__heart")
    box = page.locator(".carousel__track").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.touchscreen.tap(x, y)
    page.touchscreen.tap(x + 60, y)
    assert (heart.get_attribute("aria-pressed"), drawn.count()) == ("false", 0)
    page.evaluate("Object.defineProperty(visualViewport, 'scale', {value: 2, configurable: true})")
    page.touchscreen.tap(x, y)
    page.touchscreen.tap(x, y)
    assert (heart.get_attribute("aria-pressed"), drawn.count()) == ("false", 0)
    page.evaluate("delete visualViewport.scale")
    page.touchscreen.tap(x, y)
    page.touchscreen.tap(x, y)
    expect(drawn).to_have_count(1)
    expect(heart).to_have_attribute("aria-pressed", "true")
    expect(drawn).to_have_count(0)
