"""Counts in few characters, in both languages, never more than they are."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from conftest import PostNote
from notes.counts import compact
from notes.models import Note

#       number         English   Chinese
TABLE = [
    (0,             "0",      "0"),
    (999,           "999",    "999"),
    (1_000,         "1K",     "1000"),
    (1_049,         "1K",     "1049"),
    (1_099,         "1K",     "1099"),
    (1_100,         "1.1K",   "1100"),
    (9_999,         "9.9K",   "9999"),
    (10_000,        "10K",    "1万"),
    (10_999,        "10K",    "1万"),
    (11_000,        "11K",    "1.1万"),
    (99_999,        "99K",    "9.9万"),
    (100_000,       "100K",   "10万"),
    (123_456,       "123K",   "12万"),
    (999_999,       "999K",   "99万"),
    (1_000_000,     "1M",     "100万"),
    (3_450_000,     "3.4M",   "345万"),
    (99_999_999,    "99M",    "9999万"),
    (100_000_000,   "100M",   "1亿"),
    (345_000_000,   "345M",   "3.4亿"),
    (2_147_483_647, "2147M",  "21亿"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "english", "chinese"), TABLE)
def test_a_count_is_short_in_both_languages(number: int, english: str, chinese: str) -> None:
    assert (compact(number, "en"), compact(number, "zh-hans")) == (english, chinese)
    assert compact(number, "zh-hant") == chinese.translate({ord("万"): "萬", ord("亿"): "億"})


@pytest.mark.parametrize("language", ["en", "zh", "zh-hans"])
def test_a_count_never_says_more_than_there_is(language: str) -> None:
    worth = {"K": 10**3, "M": 10**6, "万": 10**4, "亿": 10**8}
    for number in [*range(0, 20_000, 7), *range(999_000, 1_001_000, 13), 10**8 - 1, 10**8 + 1]:
        shown = compact(number, language)
        size = worth.get(shown[-1], 1)
        said = round(float(shown.rstrip("KM万亿")) * size)
        assert said <= number < said + max(size // (1 if said >= 10 * size else 10), 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "shown"), [("en", "12K"), ("zh-hans", "1.2万")])
def test_the_heart_of_a_card_counts_in_the_readers_language(
    client: Client, ann: User, post_note: PostNote, language: str, shown: str
) -> None:
    note = post_note(ann)
    Note.objects.filter(pk=note.pk).update(like_count=12_345)
    page = client.get("/", headers={"Accept-Language": language}).content.decode()
    assert f'<span data-count="{shown}">{shown}</span>' in page
