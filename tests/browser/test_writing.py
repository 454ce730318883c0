"""Writing with nine pictures by keyboard, drafts, a time, an edit, boards: in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Village
from tests.journey.house import seconds_until
from tests.journey.photos import small_photo

pytestmark = pytest.mark.browser
NINE: list[Any] = [
    {"name": f"leaf-{shade}.jpg", "mimeType": "image/jpeg", "buffer": small_photo(shade)}
    for shade in range(9)
]
BOTH = pytest.mark.parametrize("language", ["en", "zh-hans"])


def in_language(page: Page, village: Village, language: str) -> None:
    page.context.add_cookies([{"name": "language", "value": language, "url": village.url}])
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", language)


def order_of(page: Page) -> list[str]:
    found: list[str] = page.locator(".picture input[name=image]").evaluate_all(
        "inputs => inputs.map(input => input.value)"
    )
    return found


def note_of(page: Page) -> int:
    page.wait_for_url("**/notes/*/")
    return int(page.url.rstrip("/").rpartition("/")[2])


@BOTH
def test_nine_pictures_reordered_by_keyboard_kept_as_a_draft_and_published(
    village: Village, open_page: Open, language: str
) -> None:
    page = open_page("/publish/", village.mei)
    in_language(page, village, language)
    page.locator("#id_images").set_input_files(NINE)
    expect(page.locator(".picture input[name=image]")).to_have_count(9)
    before = order_of(page)
    last = page.locator(".picture").nth(8).locator("[value$=':left']")
    last.focus()
    for _ in range(8):
        page.keyboard.press("Enter")
    assert order_of(page) == [before[8], *before[:8]]
    page.locator("[name=title]").fill("Nine leaves 九片叶子")
    page.wait_for_url("**/notes/*/edit/")
    expect(page.locator("[data-saved]")).to_contain_text(
        {"en": "Saved at", "zh-hans": "保存"}[language]
    )
    seconds_until("kept", lambda: page.locator("[name=revision]").input_value() != "", 20)
    page.wait_for_timeout(2_500)

    page.goto("/drafts/")
    page.get_by_role("link", name="Nine leaves 九片叶子").first.click()
    expect(page.locator("[name=title]")).to_have_value("Nine leaves 九片叶子")
    assert order_of(page) == [before[8], *before[:8]]
    page.locator("[data-submit]").click()
    note = note_of(page)
    seconds_until("published", lambda: village.mei.state(note) == "published", 60)
    shown = [str(image["id"]) for image in village.mei.read(note)["images"]]
    assert shown == [before[8], *before[:8]]


@BOTH
def test_a_note_waits_for_a_time_in_the_zone_of_the_browser(
    village: Village, open_page: Open, language: str
) -> None:
    page = open_page("/publish/", village.ann, timezone_id="Asia/Shanghai")
    in_language(page, village, language)
    page.locator("#id_images").set_input_files(NINE[:1])
    expect(page.locator(".picture input[name=image]")).to_have_count(1)
    page.locator("[name=title]").fill("Tomorrow")
    page.locator("details:has([name=publish_at]) summary").click()
    expect(page.locator("[name=time_zone]")).to_have_value("Asia/Shanghai")
    page.locator("[name=publish_at]").fill("2037-05-01T09:30")
    page.locator("[name=intent][value=schedule]").click()
    page.wait_for_url("**/drafts/")
    time = page.locator("time[data-local]").first
    expect(time).to_have_attribute("datetime", "2037-05-01T01:30:00+00:00")
    expect(time).to_contain_text("9:30")
    page.locator(".rows li").first.get_by_role("link").last.click()
    page.locator("main form button").click()
    page.wait_for_url("**/drafts/")


@BOTH
def test_an_edit_is_judged_before_others_read_it(
    village: Village, open_page: Open, language: str
) -> None:
    note = int(village.ann.post("Before the edit", "A few words.")["id"])
    seconds_until("published", lambda: village.ann.state(note) == "published", 60)
    page = open_page(f"/notes/{note}/edit/", village.ann)
    in_language(page, village, language)
    page.locator("[name=title]").fill("After the edit")
    page.locator("[data-submit]").click()
    page.wait_for_url(f"**/notes/{note}/")
    expect(page.get_by_role("heading", name="After the edit")).to_be_visible()
    seconds_until("shown", lambda: village.mei.read(note)["title"] == "After the edit", 60)
    page.goto(f"/notes/{note}/")
    page.get_by_role("link", name={"en": "edited", "zh-hans": "已编辑"}[language]).click()
    expect(page.get_by_role("heading", name="Before the edit")).to_be_visible()


@BOTH
def test_a_note_is_saved_into_a_board_and_found_there(
    village: Village, open_page: Open, language: str
) -> None:
    page = open_page(f"/notes/{village.gallery}/", village.mei)
    in_language(page, village, language)
    save = page.locator(".heart--save")
    if save.get_attribute("aria-pressed") == "false":
        save.click()
    expect(save).to_have_attribute("aria-pressed", "true")
    page.goto(f"/notes/{village.gallery}/save/")
    page.locator("[name=name]").fill(f"Hills {language}")
    page.locator("[name=is_private]").check()
    page.locator("form[action$='/board/'] button").click()
    expect(page.get_by_role("heading", name=f"Hills {language}")).to_be_visible()
    expect(page.locator(".card")).to_have_count(1)
    page.goto(f"/@{village.mei.username}/boards/")
    expect(page.locator(".board", has_text=f"Hills {language}").locator("img")).to_have_count(1)
    page.goto(f"/notes/{village.gallery}/")
    page.locator(".heart--save").click()
    expect(page.locator(".heart--save")).to_have_attribute("aria-pressed", "false")


def test_the_notes_of_a_board_are_arranged_by_keyboard_and_by_dragging(
    village: Village, open_page: Open
) -> None:
    kept = {village.tea, village.gallery}
    other = next(note for note in village.mei.feed("explore") if note not in kept)
    village.mei.save(other, village.board)
    page = open_page(f"/boards/{village.board}/", village.mei)
    page.locator(f"a[href='/boards/{village.board}/order/']").click()
    items, names = page.locator(".picture"), page.locator(".picture__name")
    before = names.all_inner_texts()
    items.first.locator("[value$=':right']").focus()
    page.keyboard.press("ArrowRight")
    expect(names).to_have_text(before[::-1])
    page.keyboard.press("ArrowLeft")
    expect(names).to_have_text(before)
    items.first.locator(".picture__frame").drag_to(items.last.locator(".picture__name"))
    expect(names).to_have_text(before[::-1])
    page.locator(".actions button").click()
    page.wait_for_url(f"**/boards/{village.board}/")
    expect(page.locator(".card h3, .card__title")).to_have_text(before[::-1])


def test_a_failed_upload_is_tried_again(village: Village, open_page: Open) -> None:
    page = open_page("/publish/", village.ann)
    page.route("**/publish/images/", lambda route: route.fulfill(status=204))
    page.locator("#id_images").set_input_files(NINE[:1])
    expect(page.locator(".picture--failed")).to_contain_text("The upload did not work.")
    page.unroute("**/publish/images/")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".picture input[name=image]")).to_have_count(1)
