"""How a waterfall is laid out: nothing moves, nothing is cut, and one comes back to one's place."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import WORDS, Open, Village
from tests.browser.eyes import DESK, PHONE

pytestmark = pytest.mark.browser
# What moves without the reader's doing, from the first paint on.
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) {
    const moved = shift.sources.map(({ node }) => node?.className || node?.nodeName);
    if (!shift.hadRecentInput) window.shifts.push([shift.value, ...moved]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
VEILED = ".waterfall > [hidden]"
AS_FAR_AS_IT_GOES = """async () => {
  const veiled = () => document.querySelectorAll(".waterfall > [hidden]").length;
  for (let before; before !== veiled(); ) {
    before = veiled();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}"""
CUT = """[...document.querySelectorAll(".card__title, .card__author span:last-child")]
  .filter((text) => text.scrollHeight > text.clientHeight + 1).length"""
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { letter-spacing: .12em !important; line-height: 1.5 !important;"
    + " word-spacing: .16em !important }");
  document.adoptedStyleSheets = [sheet];
}"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_while_five_more_pages_come(
    village: Village, writer: str, open_page: Open, size: ViewportSize
) -> None:
    page = open_page("/rules/", viewport=size)
    page.add_init_script(SHIFTS)
    first = f"/@{writer}/"
    # Each further page is the first one once more, so that there is no end of them.
    page.route(f"**{first}?before=*", lambda route: route.continue_(url=f"{village.url}{first}"))
    page.goto(first)
    for pages in range(1, 7):
        page.wait_for_function(f"() => document.querySelectorAll('.card').length >= {20 * pages}")
        page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    page.wait_for_function("() => !document.querySelector('.htmx-request')")
    assert page.evaluate("window.shifts") == []


@pytest.fixture
def phone(writer: str, open_page: Open) -> Callable[[bool], Page]:
    """A long profile where nothing was touched yet, and whose browser has time to spare or not."""

    def phone(spare: bool) -> Page:
        page = open_page("/rules/", viewport=PHONE, idle=True)
        if not spare:
            page.add_init_script("window.requestIdleCallback = () => 0")
        page.goto(f"/@{writer}/")
        expect(page.locator(VEILED)).not_to_have_count(0)
        return page

    return phone


def test_who_only_waits_has_the_whole_page(phone: Callable[[bool], Page]) -> None:
    expect(phone(True).locator(VEILED)).to_have_count(0)


@pytest.mark.parametrize(
    "act",
    [
        lambda page: page.set_viewport_size({"width": 1920, "height": 2400}),
        lambda page: page.locator(".card__link").first.focus(),
        lambda page: page.pdf(),
    ],
    ids=["resize", "focus", "print"],
)
def test_the_page_goes_on_without_a_scroll(
    phone: Callable[[bool], Page], act: Callable[[Page], object]
) -> None:
    page = phone(False)
    expect(page.locator("html[data-waits]")).to_have_count(0)
    page.evaluate(AS_FAR_AS_IT_GOES)
    expect(page.locator(VEILED)).not_to_have_count(0)
    act(page)
    expect(page.locator(VEILED)).to_have_count(0)


def test_letters_that_stand_wide_are_not_cut(writer: str, open_page: Open) -> None:
    """WCAG 1.4.12: with more room between letters, words and lines everything can be read."""
    page = open_page(f"/@{writer}/", viewport=PHONE)
    page.locator(".card__title").first.evaluate(
        "(title) => { title.textContent = 'Tea '.repeat(25) }"
    )
    assert page.evaluate(CUT) >= 1
    page.evaluate(SPACED)
    page.wait_for_function(f"() => ({CUT}) === 0")
    below = page.locator(".card").evaluate_all(
        "(cards) => cards.map((card) => card.getBoundingClientRect().toJSON())"
    )
    assert not [
        (one, other)
        for one, other in combinations(below, 2)
        if abs(one["left"] - other["left"]) < 1
        and one["top"] < other["bottom"] - 1
        and other["top"] < one["bottom"] - 1
    ]


def test_back_and_reload_lead_to_the_same_place_of_a_long_feed(
    writer: str, open_page: Open
) -> None:
    page = open_page(f"/@{writer}/", viewport=PHONE)
    cards = page.locator(".waterfall > .card")
    page.mouse.wheel(0, 20_000)
    expect(cards).to_have_count(len(WORDS))
    page.wait_for_function(f"() => history.state?.cards === {len(WORDS)}")
    last = page.locator(".card__link", has_text="About tea")
    last.scroll_into_view_if_needed()
    page.wait_for_function("() => Math.abs(history.state.top - scrollY) < 2")
    before = page.evaluate("scrollY")
    assert before > PHONE["height"]
    page.reload()
    expect(cards).to_have_count(len(WORDS))
    page.wait_for_function(f"() => Math.abs(scrollY - {before}) < 3")
    last.click()
    page.wait_for_url("**/notes/*/")
    page.go_back()
    expect(cards).to_have_count(len(WORDS))
    page.wait_for_function(f"() => Math.abs(scrollY - {before}) < 3")
