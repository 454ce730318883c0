"""Writing a note with three pictures, watched until it is published."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Village
from tests.journey.house import House, seconds_until
from tests.journey.photos import small_photo

pytestmark = pytest.mark.browser
PICTURES: list[Any] = [
    {"name": f"leaf-{shade}.jpg", "mimeType": "image/jpeg", "buffer": small_photo(shade)}
    for shade in range(3)
]
COMPOSING = """field => {
  const press = new KeyboardEvent("keydown",
    {key: "Enter", isComposing: true, ctrlKey: true, bubbles: true, cancelable: true});
  const goesOn = field.dispatchEvent(press);
  const late = new KeyboardEvent("keydown",
    {key: "Enter", keyCode: 229, ctrlKey: true, bubbles: true, cancelable: true});
  return [goesOn, field.dispatchEvent(late)];
}"""

PRESS_QUESTION_MARK = """isComposing => {
  const press = new KeyboardEvent("keydown", {key: "?", isComposing, bubbles: true});
  document.body.dispatchEvent(press);
}"""


@contextmanager
def resting_worker(house: House) -> Iterator[None]:
    """Nothing is judged meanwhile, so that `pending` can be seen at leisure."""
    family = house.family("worker")
    for process in family:
        process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for process in family:
            process.send_signal(signal.SIGCONT)


def note_of(page: Page) -> int:
    page.wait_for_url("**/notes/*/")
    return int(page.url.rstrip("/").rpartition("/")[2])


def test_ann_publishes_three_pictures_and_sees_it_go_out(
    stack: House, village: Village, open_page: Open
) -> None:
    page = open_page("/publish/", village.ann)
    with resting_worker(stack):
        page.locator("#id_images").set_input_files(PICTURES)
        expect(page.locator(".picture input[name=image]")).to_have_count(3)
        page.get_by_label("Description").nth(0).fill("A maple leaf")
        page.locator(".picture").nth(0).get_by_role("button", name="Move to the back").click()
        page.locator("[name=title]").fill("Three leaves")
        page.locator("[name=body]").fill("One of them was red. #autumn")
        page.locator("[data-submit]").click()
        note = note_of(page)
        expect(page.locator(".standing")).to_have_attribute("data-state", "pending")
        expect(page.get_by_role("heading", name="Under review")).to_be_visible()
        assert village.mei.note_status(note) == 404
    expect(page.locator(".standing")).to_have_count(0)
    expect(page.locator(".carousel__track li img[srcset]")).to_have_count(3)
    assert [image["alt"] for image in village.ann.read(note)["images"]] == ["", "A maple leaf", ""]
    assert village.mei.note_status(note) == 200


def test_mei_publishes_three_pictures_without_javascript(
    stack: House, village: Village, open_page: Open
) -> None:
    page = open_page("/publish/", village.mei, java_script_enabled=False)
    with resting_worker(stack):
        page.locator("#id_images").set_input_files(PICTURES)
        page.locator("[name=title]").fill("三片叶子")
        page.locator("[name=body]").fill("有一片是红的。")
        page.locator("[data-submit]").click()
        note = note_of(page)
        expect(page.locator(".standing")).to_have_attribute("data-state", "pending")
    seconds_until("published", lambda: village.mei.state(note) == "published", 30)
    page.reload()
    expect(page.locator(".standing")).to_have_count(0)
    expect(page.locator(".carousel__track li img[srcset]")).to_have_count(3)


def test_what_was_written_stays_when_something_is_wrong(village: Village, open_page: Open) -> None:
    page = open_page("/publish/", village.ann, java_script_enabled=False)
    page.locator("[name=title]").fill("A note without a picture")
    page.locator("[data-submit]").click()
    expect(page.locator(".errorlist")).to_contain_text("1 to 18 images")
    expect(page.locator("[name=title]")).to_have_value("A note without a picture")


def test_an_enter_that_ends_a_composition_submits_nothing(
    village: Village, open_page: Open
) -> None:
    page = open_page("/publish/", village.mei)
    page.evaluate("addEventListener('submit', () => document.body.dataset.submitted = 'yes')")
    title, body = page.locator("[name=title]"), page.locator("[name=body]")
    title.fill("红叶")
    body.fill("写到一半")
    assert title.evaluate(COMPOSING) == [False, False]
    assert body.evaluate(COMPOSING) == [True, True]  # chooses the characters, as it should
    title.press("Enter")
    expect(page.locator("body")).not_to_have_attribute("data-submitted", "yes")
    assert page.url.endswith("/publish/")

    page.goto(f"/notes/{village.gallery}/")
    page.evaluate("addEventListener('submit', () => document.body.dataset.submitted = 'yes')")
    comment = page.locator("#comment-body")
    comment.fill("好看")
    comment.evaluate(COMPOSING)
    box = page.get_by_role("combobox")
    box.fill("龙井")
    assert box.evaluate(COMPOSING) == [False, False]
    expect(page.locator("body")).not_to_have_attribute("data-submitted", "yes")

    keys = page.get_by_role("dialog", name="Keys")
    page.evaluate(PRESS_QUESTION_MARK, True)
    expect(keys).to_be_hidden()
    page.evaluate(PRESS_QUESTION_MARK, False)
    expect(keys).to_be_visible()
