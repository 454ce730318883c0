"""Readers of traditional characters: Wei, in Taipei, reads what Mei reads, as Wei writes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils.translation import override
from rest_framework.test import APIClient

from accounts.actions import leave
from accounts.mailing import send_due_letters
from accounts.models import User
from conftest import PostNote, make_person
from moderation.rulebook import load_rulebook, localised
from moderation.traditional import traditional, written
from notes.models import Note, Term

TAIPEI = {"Accept-Language": "zh-TW"}


@pytest.fixture
def wei(db: None) -> User:
    return make_person("wei", display_name="小薇", languages=["zh"], ui_language="zh-hant")


@pytest.mark.parametrize(
    ("simplified", "as_in_taiwan"),
    [
        ("请填写你账号的邮箱。", "請填寫你帳號的信箱。"),
        ("退出登录", "登出"),
        ("注销账号", "刪除帳號"),
        ("已发布", "已發布"),
        ("等待人工审核", "等待人工審核"),
        ("原因见“关于我的决定”。", "原因見「關於我的決定」。"),
        ("30 天后，IP 地址只保留网段。", "30 天後，IP 地址只保留網段。"),
        ("%(n)s 条举报 <a href=\"%(rules)s\">", "%(n)s 條檢舉 <a href=\"%(rules)s\">"),
        ("The “GOAT”", "The “GOAT”"),
        ("", ""),
    ],
)  # fmt: skip
def test_words_of_ours_are_written_as_in_taiwan(simplified: str, as_in_taiwan: str) -> None:
    assert traditional(simplified) == as_in_taiwan
    assert [written(simplified, code) for code in ("zh-hans", "en", None)] == [simplified] * 3


def test_every_rule_is_told_in_traditional_characters() -> None:
    for rule in load_rulebook().rules:
        assert localised(rule.fine, "zh-hant") == tuple(map(traditional, rule.fine["zh"]))
        assert localised(rule.title, "zh-hant") == traditional(rule.title["zh"])
        assert localised(rule.title, "zh-hans") == rule.title["zh"]


@pytest.mark.django_db
def test_pages_rules_terms_and_counts_are_in_traditional_characters(
    client: Client, api: Callable[..., APIClient], ann: User, post_note: PostNote
) -> None:
    note = post_note(ann, language="en")
    Note.objects.update(like_count=12_345)
    explained = Term.objects.current().get(name="yyds").text_zh
    told = {
        "/rules/": traditional(load_rulebook().rules[0].title["zh"]),
        "/": "發現",
        f"/notes/{note.pk}/": "1.2萬",
        "/glossary/yyds/": traditional(explained),
    }
    pages = {path: client.get(path, headers=TAIPEI).content.decode() for path in told}
    assert {path: words in pages[path] for path, words in told.items()} == dict.fromkeys(told, True)
    rules = api().get("/api/v1/rules/", HTTP_ACCEPT_LANGUAGE="zh-HK").json()
    assert rules[0]["title"] == told["/rules/"]


@pytest.mark.django_db
def test_a_choice_of_traditional_characters_is_kept(
    browser_of: Callable[[User], Client], api: Callable[..., APIClient], mei: User
) -> None:
    browser = browser_of(mei)
    page = browser.get("/settings/reading/").content.decode()
    assert all(f'value="{code}"' in page for code in ("en", "zh-hans", "zh-hant"))
    browser.post("/language/", {"language": "zh-hant"})
    mei.refresh_from_db()
    assert (mei.ui_language, mei.languages) == ("zh-hant", ["zh"])
    assert api(mei).patch("/api/v1/me/", {"ui_language": "en"}).json()["ui_language"] == "en"


@pytest.mark.django_db
def test_letters_are_written_in_traditional_characters(wei: User) -> None:
    with override("en"):
        leave(wei)
    send_due_letters()
    assert mail.outbox[-1].subject == "你已刪除紅葉帳號"
