"""The form of a note: what it makes of what a browser sends, before any action looks at it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from notes.forms import WORDS, ZONES, FilesField, PublishForm, TermForm, WordingForm
from notes.models import Note
from tests.properties import TRY, WRITTEN

SOON = "2031-05-01T09:30"


def filled(**fields: Any) -> PublishForm:
    form = PublishForm({"audience": "public"} | fields)
    form.full_clean()
    return form


@pytest.mark.parametrize(
    ("zone", "written", "moment"),
    [
        ("UTC", SOON, "2031-05-01T09:30:00+00:00"),
        ("Asia/Shanghai", SOON, "2031-05-01T01:30:00+00:00"),
        ("America/New_York", SOON, "2031-05-01T13:30:00+00:00"),
        ("Asia/Kolkata", SOON, "2031-05-01T04:00:00+00:00"),
        ("Pacific/Kiritimati", SOON, "2031-04-30T19:30:00+00:00"),
        ("", SOON, "2031-05-01T09:30:00+00:00"),
        # In winter New York is an hour further away.
        ("America/New_York", "2031-01-01T09:30", "2031-01-01T14:30:00+00:00"),
        ("America/New_York", "2031-05-01", "2031-05-01T04:00:00+00:00"),
        ("America/New_York", "2031-05-01 09:30:15", "2031-05-01T13:30:15+00:00"),
        # A program that names its zone is believed.
        ("America/New_York", "2031-05-01T09:30+08:00", "2031-05-01T01:30:00+00:00"),
        ("America/New_York", "2031-05-01T09:30Z", "2031-05-01T09:30:00+00:00"),
    ],
)
def test_a_time_is_a_time_in_the_zone_of_its_author(zone: str, written: str, moment: str) -> None:
    form = filled(publish_at=written, time_zone=zone, intent="schedule")
    at = form.moment()
    assert at is not None
    assert at.astimezone(UTC).isoformat() == moment


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        # Hours that the clocks skip, and one that they show twice.
        ("America/New_York", "2031-03-09T02:30"),
        ("America/New_York", "2031-11-02T01:30"),
        ("Europe/Berlin", "2031-03-30T02:30"),
        ("UTC", ""),
        ("UTC", "tomorrow"),
        ("UTC", "2031-02-30T10:00"),
        ("UTC", "2031-05-01T25:00"),
        ("UTC", "01.05.2031"),
        ("UTC", "二〇三一年五月一日"),
        ("UTC", "2031-05-01T09:30\0"),
        ("UTC", "x" * 5000),
    ],
)
@pytest.mark.parametrize("language", [0, 1], ids=["en", "zh"])
def test_what_is_no_time_is_asked_again(zone: str, written: str, language: int) -> None:
    with override(("en", "zh-hans")[language]):
        form = filled(publish_at=written, time_zone=zone, intent="schedule", title="Tea")
        assert form.moment() is None
        words = ("Choose a day and a time.", "请选择日期和时间。")[language]
        assert words in form.errors["publish_at"]


def test_a_time_is_asked_only_of_who_chooses_one() -> None:
    for intent in ("", "publish", "draft"):
        assert filled(publish_at="tomorrow", intent=intent, title="Tea").errors == {}


def test_a_zone_that_nobody_lives_in_is_refused() -> None:
    form = filled(publish_at=SOON, time_zone="Mars/Olympus", intent="schedule")
    assert list(form.errors) == ["time_zone"]


@given(st.text(max_size=24) | st.datetimes().map(str), st.sampled_from(["UTC", *ZONES[::60]]))
@TRY
def test_whatever_is_typed_as_a_time_is_a_moment_or_none(written: str, zone: str) -> None:
    at = filled(publish_at=written, time_zone=zone).moment()
    assert at is None or (at.tzinfo is not None and at - at == timedelta())


@pytest.mark.parametrize("written", ["9999-12-31T23:59", "0001-01-01T00:00"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Honolulu", "UTC"])
def test_the_ends_of_all_calendars_break_nothing(written: str, zone: str) -> None:
    at = filled(publish_at=written, time_zone=zone, intent="schedule").moment()
    assert at is None or (at > datetime.now(UTC)) is written.startswith("9")


@pytest.mark.parametrize(
    ("sent", "intent"),
    [("", "publish"), ("publish", "publish"), ("draft", "draft"), ("schedule", "schedule")],
)
def test_the_button_says_what_is_meant(sent: str, intent: str) -> None:
    assert filled(intent=sent, publish_at=SOON).cleaned_data["intent"] == intent


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("intent", "delete"),
        ("audience", "nobody"),
        ("audience", ""),
        ("commenters", "friends"),
        ("language", "fr"),
        ("revision", "two"),
        ("revision", "1.5"),
        ("time_zone", "../../etc/passwd"),
    ],
)
def test_what_the_form_does_not_offer_is_refused(field: str, value: str) -> None:
    assert list(filled(**{field: value}).errors) == [field]


def test_what_is_left_out_is_open_to_everybody() -> None:
    words = PublishForm({"title": "Tea"})
    words.full_clean()
    assert words.words() == {
        **dict.fromkeys(("title", "body", "place", "second_title", "second_body"), ""),
        "title": "Tea",
        "audience": "public",
        "commenters": "everyone",
    }


@pytest.mark.parametrize(("chosen", "told"), [("zh", True), ("en", True), ("", False)])
def test_a_language_is_told_only_where_the_author_knows_it(chosen: str, told: bool) -> None:
    assert ("language" in filled(language=chosen).words()) is told


@given(title=WRITTEN, body=WRITTEN)
@TRY
def test_words_reach_the_action_as_they_were_typed(title: str, body: str) -> None:
    given_words = filled(title=title, body=body).words()
    if "\0" not in title + body:
        assert (given_words["title"], given_words["body"]) == (title.strip(), body.strip())


def test_a_form_begins_with_what_the_note_says() -> None:
    note = Note(title="Tea", body="Rain", place="Hangzhou", audience="followers", language="zh")
    note.second_title, note.commenters, note.revision = "茶", "nobody", 4
    begun = PublishForm.initial_of(note)
    assert {name: begun[name] for name in WORDS} == {
        "title": "Tea", "body": "Rain", "place": "Hangzhou", "audience": "followers",
        "commenters": "nobody", "second_title": "茶", "second_body": "",
    }  # fmt: skip
    assert (begun["language"], begun["revision"], begun["publish_at"]) == ("zh", 4, None)


def test_a_language_that_is_on_no_list_is_left_to_be_found_out() -> None:
    assert PublishForm.initial_of(Note(language="ja"))["language"] == ""


def test_a_time_that_was_chosen_is_shown_as_a_browser_reads_it() -> None:
    note = Note(publish_at=datetime(2031, 5, 1, 9, 30, tzinfo=UTC))
    assert PublishForm.initial_of(note)["publish_at"] == SOON


@pytest.mark.parametrize(
    ("shared", "begun"),
    [
        ({}, {"title": "", "body": ""}),
        ({"title": "Tea"}, {"title": "Tea", "body": ""}),
        ({"text": "Look", "url": "https://a.org"}, {"title": "", "body": "Look\nhttps://a.org"}),
        ({"url": "https://a.org"}, {"title": "", "body": "https://a.org"}),
        ({"text": "", "url": ""}, {"title": "", "body": ""}),
        ({"intent": "publish", "audience": "private"}, {"title": "", "body": ""}),
    ],
)
def test_what_another_app_shares_is_words_and_nothing_else(
    shared: dict[str, str], begun: dict[str, str]
) -> None:
    assert PublishForm.initial_of_shared(shared) == begun


def file(name: str = "a.jpg", content: bytes = b"x") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("number", [0, 1, 2, 18])
def test_any_number_of_files_comes_in_their_order(number: int) -> None:
    files: list[Any] = [file(f"{n}.jpg") for n in range(number)]
    form = PublishForm({"audience": "public"}, MultiValueDict({"images": files}))
    form.full_clean()
    assert [each.name for each in form.cleaned_data["images"]] == [f.name for f in files]


def test_one_file_alone_is_a_list_too() -> None:
    (only,) = FilesField(required=False).clean(file())
    assert only.name == "a.jpg"


@pytest.mark.parametrize("empty", [None, [], ()])
def test_no_file_is_no_error(empty: Any) -> None:
    assert FilesField(required=False).clean(empty) == []


@pytest.mark.parametrize(
    ("has_title", "has_body", "fields"),
    [
        (True, True, ["title", "body"]),
        (False, True, ["body"]),
        (True, False, ["title"]),
        (False, False, []),
    ],
)
def test_words_are_offered_for_what_there_is(
    has_title: bool, has_body: bool, fields: list[str]
) -> None:
    assert list(WordingForm(has_title=has_title, has_body=has_body).fields) == fields


@pytest.mark.parametrize("missing", ["word", "language", "means"])
def test_a_word_without_its_meaning_is_asked_again(missing: str) -> None:
    said = {"word": "yyds", "language": "zh", "means": "the GOAT"}
    form = TermForm(said | {missing: ""})
    assert list(form.errors) == [missing]
    assert TermForm(said).is_valid()
