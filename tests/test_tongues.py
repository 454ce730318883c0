"""No page says in one language what it should say in the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.models import User
from conftest import PostNote, bring_to
from feeds.models import Prompt
from moderation.actions import appeal, report
from notes.actions import create_board, save_draft, save_note, submit_comment
from notes.models import Term
from tests.browser.pages import FOR_ALL, FOR_ONESELF, FOR_STAFF
from tests.speech import NAMES, foreign_words, words_in

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[User], Client]
# What people say here; the desk shows it as it is.
HILLS, WALKED, TEA, RAIN = (
    "Three days in the hills",
    "We walked. #autumn",
    "雨天的龙井茶",
    "窗外下雨。 #茶",
)
LOVELY, CUP, GONE = "真美啊，想去看看！", "What a lovely cup of tea", "这一篇被移除了"
WHY, SPAM = "这里没有说谁不好，请再看看。", "This looks like an advertisement"
ASKED = {
    "question_en": "What is for breakfast?", "question_zh": "早餐吃什么？",
    "topic_en": "Breakfast", "topic_zh": "早餐",
}  # fmt: skip
SAID = (HILLS, WALKED, TEA, RAIN, LOVELY, CUP, GONE, WHY, SPAM, *ASKED.values())
WALK = [("en", "en"), ("zh-hans", "zh"), ("zh-hant", "zh")]
Walk = Callable[[Client, dict[str, str]], list[str]]


@pytest.fixture
def numbers(ann: User, mei: User, bo: User, post_note: PostNote) -> dict[str, object]:
    """A few notes with everything that pages tell of them."""
    gallery = post_note(ann, HILLS, WALKED, images=2, language="en")
    tea = post_note(mei, TEA, RAIN, language="zh")
    bring_to(submit_comment(mei, gallery, LOVELY).case, "published")
    bring_to(submit_comment(ann, tea, CUP).case, "published")
    removed = post_note(mei, GONE, "", state="removed", language="zh")
    appeal(removed.case.verdicts.get(), mei, WHY)
    report(tea.case, ann, "spam_scam", SPAM)
    save_draft(mei, title="还没写完", body="", images=[])
    Prompt.objects.create(starts_on="2026-01-05", **ASKED)
    board = create_board(mei, TEA)
    save_note(mei, gallery, board)
    named: dict[str, object] = {"ann": ann.username, "mei": mei.username, "topic": "autumn"}
    named |= {"gallery": gallery.pk, "tea": tea.pk, "case": tea.case_id, "board": board.pk}
    return named


def strange(
    client: Client, paths: dict[str, str], code: str, language: str, besides: Set[str] = frozenset()
) -> Iterator[str]:
    client.cookies["language"] = code
    for name, path in paths.items():
        answer = client.get(path, follow=True)
        assert answer.status_code in (200, 404), path
        for found in foreign_words(answer.content.decode(), language, NAMES | besides):
            yield f"{name}: {found}"


def filled(paths: dict[str, str], numbers: dict[str, object]) -> dict[str, str]:
    return {name: path.format(**numbers) for name, path in paths.items()}


@pytest.mark.parametrize(("code", "language"), WALK)
def test_no_page_says_a_word_of_the_other_language(
    browser_of: BrowserOf, mei: User, numbers: dict[str, object], code: str, language: str
) -> None:
    found = [*strange(Client(), filled(FOR_ALL, numbers), code, language)]
    found += strange(browser_of(mei), filled(FOR_ONESELF, numbers), code, language)
    assert not found, "\n".join(sorted(set(found)))


@pytest.mark.parametrize(("code", "language"), WALK)
def test_no_page_of_the_desk_says_a_word_of_the_other_language(
    browser_of: BrowserOf, bo: User, numbers: dict[str, object], code: str, language: str
) -> None:
    bo.is_superuser = True
    bo.save()
    desk = filled(FOR_STAFF, numbers)
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        desk[model.__name__] = reverse(f"{name}_changelist")
        if model is Group:
            continue  # Django names permissions in English rows
        if one := model._default_manager.first():
            desk[f"one {model.__name__}"] = reverse(f"{name}_change", args=[one.pk])
    terms = Term.objects.values_list("word", "means", "reading")
    said = " · ".join([*SAID, *(" · ".join(term) for term in terms)])
    people = {*words_in(said, language), "Yyds"}
    desk["a case"] = reverse("admin:moderation_case_change", args=[numbers["case"]])
    found = [*strange(browser_of(bo), desk, code, language, people)]
    assert not found, "\n".join(sorted(set(found)))


def test_the_walk_is_not_deaf() -> None:
    page = """<html lang="zh-hans"><title>Tab</title><p>你好 <b>Hello there</b> <i lang="en">tea</i>
    <img alt="A leaf"><input type="submit" value="Go on"><kbd>Enter</kbd> bo@example.org</p>"""
    heard = ["Hello in “Hello there”", "leaf in “A leaf”", "Go on in “Go on”"]
    assert list(foreign_words(page, "zh", {"there"})) == heard
    assert list(foreign_words(page.replace("zh-hans", "en"), "en", set())) == ["你好 in “你好”"]
