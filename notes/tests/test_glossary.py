"""Words of one culture, marked for the other, offered by readers and read by moderators."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from accounts.words import folded
from conftest import PostNote, bring_to
from moderation.language import detect
from notes.actions import approve_term, offer_term, retire_term, submit_comment
from notes.glossary.finding import Finder, spellings_of
from notes.glossary.seeds import seeds
from notes.models import Term

Api = Callable[..., APIClient]
BrowserOf = Callable[[User], Client]


def found(text: str, seen: set[str] | None = None) -> list[str]:
    finder = Finder(spellings_of([("yyds", "yyds", ["永远的神"]), ("cat tax", "cat tax", [])]))
    spans = finder.find(text, set() if seen is None else seen)
    return [text[start:end] for start, end, _ in spans]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("这家面yyds！永远的神", ["yyds"]),
        ("Cat Tax: here", ["Cat Tax"]),
        ("yyds cat tax yyds", ["yyds", "cat tax"]),
        ("nyyds yydsx concat tax", []),
        ("永远的神 and cat taxes", ["永远的神"]),
        ("", []),
    ],
)
def test_words_are_found_once_and_whole(text: str, words: list[str]) -> None:
    assert found(text) == words


def test_what_was_seen_before_is_not_found_again() -> None:
    assert found("yyds", {"yyds"}) == []
    assert list(Finder({}).find("anything", set())) == []


def test_the_first_words_are_many_and_explained_in_both_languages() -> None:
    rows = list(seeds())
    assert len(rows) >= 60
    assert len({folded(row["word"]) for row in rows}) == len(rows)
    for row in rows:
        assert detect(row["text_en"]) == "en", row["word"]
        assert detect(row["text_zh"]) == "zh", row["word"]
        assert bool(row["reading"]) <= (row["language"] == "zh"), row["word"]
        assert all(0 < len(row[name]) <= 600 for name in ("text_en", "text_zh", "means"))


@pytest.fixture
def leaf(own_glossary: None) -> Term:
    """A term of our own: the first ones may be gone after tests that empty every table."""
    return Term.objects.create(
        name="叶叶子", word="叶叶子", language="zh", means="a leafling", text_en="A word of ours.",
        approved_at="2026-11-01T00:00Z",
    )  # fmt: skip


def test_a_word_is_marked_for_those_who_read_the_other_language(
    client: Client, mei: User, post_note: PostNote, leaf: Term
) -> None:
    note = post_note(mei, "湖", "<b>叶叶子</b>，还是叶叶子 #叶叶子")
    comment = submit_comment(mei, note, "真是叶叶子")
    bring_to(comment.case, "published")
    page = client.get(f"/notes/{note.pk}/").content.decode()
    address = leaf.get_absolute_url()
    link = (
        f'<a class="term" href="{address}" hx-get="{address}" hx-target="[data-term-card]">'
        "叶叶子</a>"
    )
    assert f"&lt;b&gt;{link}&lt;/b&gt;，还是叶叶子 " in page
    assert f"真是{link}" in page
    client.cookies["language"] = "zh-hans"
    assert 'class="term"' not in client.get(f"/notes/{note.pk}/").content.decode()


def test_a_word_has_a_page_and_a_card(client: Client, leaf: Term) -> None:
    page = client.get(leaf.get_absolute_url()).content.decode()
    card = client.get(leaf.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in page, "<html" in card) == (True, False)
    for shown in (page, card):
        assert "A word of ours." in shown
        assert "a leafling" in shown
    assert "A word of ours." in client.get("/glossary/", {"q": "leafling"}).content.decode()
    Term.objects.filter(pk=leaf.pk).update(name="一/二")
    assert client.get("/glossary/一/二/").status_code == 200
    nothing = client.get("/glossary/", {"q": "\0%_' OR 1=1 " * 9}).content.decode()
    assert "Nothing found." in nothing


def test_a_reader_offers_a_word_and_a_moderator_puts_it_in(
    api: Api, ann: User, bo: User, own_glossary: None
) -> None:
    said = {"word": "Porch sitting", "language": "en", "means": "坐门廊", "text_zh": "坐着看街。"}
    made = api(ann).post("/api/v1/glossary/", said)
    assert made.status_code == 201
    assert api().get("/api/v1/glossary/porch sitting/").status_code == 404
    term = Term.objects.get(pk=made.json()["id"])
    with pytest.raises(PermissionDenied):
        approve_term(term, ann)
    approve_term(term, bo)
    # Its words are still being judged.
    assert api().get("/api/v1/glossary/porch sitting/").status_code == 404
    assert term.case is not None
    bring_to(term.case, "published")
    assert api().get("/api/v1/glossary/Porch Sitting/").json()["means"] == "坐门廊"


def test_a_better_explanation_replaces_the_one_before(ann: User, bo: User, leaf: Term) -> None:
    better = offer_term(ann, "叶叶子", "zh", "a little leaf", text_en="Better words.")
    assert better.case is not None
    bring_to(better.case, "published")
    approve_term(better, bo)
    approve_term(better, bo)
    assert [term.text_en for term in Term.objects.current().filter(name="叶叶子")] == [
        "Better words."
    ]
    leaf.refresh_from_db()
    assert leaf.retired_at is not None
    retire_term(better, bo)
    assert not Term.objects.current().filter(name="叶叶子").exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"word": " "}, "word"),
        ({"word": "x" * 61}, "word"),
        ({"means": ""}, "means"),
        ({"text_zh": ""}, "text_zh"),
        ({"text_zh": "a\x00"}, "text_zh"),
        ({"language": "fr"}, "language"),
    ],
)
def test_a_word_that_lacks_something(api: Api, ann: User, said: dict[str, str], field: str) -> None:
    whole = {"word": "porch", "language": "en", "means": "门廊", "text_zh": "坐着看街。"}
    refused = api(ann).post("/api/v1/glossary/", whole | said)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, field)


@pytest.mark.django_db
def test_a_word_whose_name_would_be_too_long_is_refused_on_every_door(
    api: Callable[..., APIClient], browser_of: Callable[[User], Client], ann: User, bo: User
) -> None:
    long = "\ufdfa" * 4  # eighteen letters each, once folded
    said = {"word": long, "language": "en", "means": "x", "text_zh": "解释"}
    words = "At most 60 characters; these are 72."
    refused = api(ann).post("/api/v1/glossary/", said)
    assert refused.json()["errors"] == [{"field": "word", "code": "max_length", "detail": words}]
    page = browser_of(ann).post("/glossary/offer/", said)
    assert page.context["form"].errors == {"word": [words]}
    desk = browser_of(bo).post("/admin/notes/term/add/", {**said, "text_en": "", "spellings": ""})
    assert desk.context["adminform"].form.errors == {"word": [words]}
    assert not Term.objects.filter(word=long).exists()


def test_moderators_decide_in_admin(browser_of: BrowserOf, ann: User, bo: User) -> None:
    term = offer_term(ann, "porch", "en", "门廊", text_zh="坐着看街。")
    desk = browser_of(bo)
    change = {"action": "approve", "_selected_action": [term.pk]}
    assert desk.post("/admin/notes/term/", change).status_code == 302
    term.refresh_from_db()
    assert (term.approved_at is not None, term.decided_by) == (True, bo)
    assert browser_of(ann).post("/admin/notes/term/", change).status_code == 302
    page = browser_of(ann).post(
        "/glossary/offer/?word=porch",
        {"word": "porch", "language": "en", "means": "廊", "text_zh": "好", "spellings": "a，b, c"},
    )
    assert (page.status_code, page["Location"]) == (302, "/glossary/")
    assert Term.objects.latest("pk").spellings == ["a", "b", "c"]


def test_a_word_that_is_hidden_keeps_its_place_until_another_takes_it(
    browser_of: BrowserOf, ann: User, bo: User, leaf: Term
) -> None:
    first = offer_term(ann, "porch", "en", "门廊", text_zh="坐着看街。")
    approve_term(first, bo)
    assert first.case is not None
    bring_to(first.case, "removed")
    change = {"word": "Porch", "language": "zh", "means": "a leafling", "text_en": "Ours."}
    page = browser_of(bo).post(f"/admin/notes/term/{leaf.pk}/change/", change)
    assert "The glossary explains this word already." in page.content.decode()
    second = offer_term(ann, "Porch", "en", "廊", text_zh="好。")
    approve_term(second, bo)
    assert list(Term.objects.placed().filter(name="porch")) == [second]
