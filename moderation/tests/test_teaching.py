"""What people decide teaches the machine, what it is unsure of they see; open figures."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from conftest import PostNote
from moderation.actions import decide_by_hand, open_case, report
from moderation.figures import public_figures, wilson
from moderation.models import Case, Readers
from moderation.policy import Evidence, Outcome, Ruling
from moderation.sampling import DRAWN_A_DAY, draw_unsure

pytestmark = pytest.mark.django_db


def decided(
    author: User,
    text: str,
    score: float = 0.5,
    outcome: Outcome = Outcome.PUBLISH,
    language: str = "en",
    readers: Readers = Readers.EVERYONE,
) -> Case:
    """A case that the machine decided, as sure of the rule as `score` says."""
    case = Case.objects.get(pk=open_case("note", author, text, language, readers).pk)
    evidence = (Evidence("hate", score, 0, 3, "model"),)
    rule = "" if outcome is Outcome.PUBLISH else "hate"
    case.decide(Ruling(outcome, rule, 0.0, language, evidence, "rules-1"))
    return case


def labels() -> dict[str, dict[str, object]]:
    out = io.StringIO()
    call_command("export_labels", stdout=out)
    rows = map(json.loads, out.getvalue().splitlines())
    return {row["text"]: row for row in rows}


def test_decisions_of_people_become_labels_and_overturned_ones_say_so(ann: User, bo: User) -> None:
    decided(ann, "nobody looked")
    freed = decided(ann, "freed", outcome=Outcome.REMOVE)
    decide_by_hand(freed, bo, Outcome.PUBLISH)
    caught = decided(ann, "caught", language="zh")
    decide_by_hand(caught, bo, Outcome.REMOVE, "harassment")
    waits = decided(ann, "waits for a second person")
    decide_by_hand(waits, bo, Outcome.HOLD, "hate")
    told = {text: (row["labels"], row["overturned"], row["lang"]) for text, row in labels().items()}
    assert told == {"freed": ([], True, "en"), "caught": (["harassment"], False, "zh")}


def test_a_text_that_was_not_public_is_a_label_only_when_somebody_reported_it(
    ann: User, mei: User, bo: User
) -> None:
    for text, readers in (("kept", Readers.SOME), ("own", Readers.NOBODY), ("told", Readers.SOME)):
        case = decided(ann, text, readers=readers)
        if text == "told":
            report(case, mei, "hate")
        decide_by_hand(case, bo, Outcome.REMOVE, "hate")
    User.objects.filter(pk=mei.pk).update(is_private=True)
    mei.refresh_from_db()
    decide_by_hand(decided(mei, "of a private account"), bo, Outcome.REMOVE, "hate")
    assert set(labels()) == {"told"}


def test_unsure_public_cases_are_drawn_evenly_and_leave_the_queue_when_decided(
    ann: User, bo: User
) -> None:
    for n in range(DRAWN_A_DAY + 3):
        decided(ann, f"unsure {n}")
    few = [decided(ann, f"不确定 {n}", language="zh") for n in range(2)]
    decided(ann, "sure", score=0.1)
    decided(ann, "certain", score=0.9, outcome=Outcome.HOLD)
    decided(ann, "for followers", readers=Readers.SOME)
    assert draw_unsure(random.Random(7)) == DRAWN_A_DAY + 2
    drawn = Case.objects.exclude(sampled_at=None)
    assert sorted(set(drawn.values_list("language", flat=True))) == ["en", "zh"]
    assert not drawn.filter(text__in=["sure", "certain", "for followers"]).exists()
    assert Case.objects.waiting_for_a_person().filter(pk__in=drawn.values("pk")).count() == 12
    decide_by_hand(Case.objects.get(pk=few[0].pk), bo, Outcome.PUBLISH)
    assert not Case.objects.waiting_for_a_person().filter(pk=few[0].pk).exists()


def test_the_figures_are_a_table_and_a_plot_with_intervals(
    ann: User, mei: User, client: Client
) -> None:
    for n in range(4):
        outcome = Outcome.LIMIT if n == 0 else Outcome.PUBLISH
        decided(ann, f"text {n}", outcome=outcome)
        decided(mei, f"文字 {n}", outcome=outcome, language="zh")
    (share,) = public_figures()["languages"]["en"]["shares"]
    assert (share["rule"], share["share"]) == ("hate", 0.25)
    assert share["low"] < 0.25 < share["high"]
    rows = list(csv.reader(io.StringIO(client.get("/transparency/figures.csv").content.decode())))
    assert rows[0] == ["days", "language", "judged", "rule", "outcome", "by_machine", "by_person"]
    assert rows[1:] == [
        ["90", "en", "4", "hate", "limit", "1", "0"],
        ["90", "zh", "4", "hate", "limit", "1", "0"],
    ]
    page = client.get("/transparency/").content.decode()
    svg = page[page.index('<svg viewBox="0 0 640') :].split("</svg>")[0] + "</svg>"
    drawn = ElementTree.fromstring(svg)
    assert len(drawn.findall(".//circle")) == 2


def test_an_interval_holds_its_share_and_is_wide_where_little_is_known() -> None:
    for part, whole in ((0, 10), (1, 10), (10, 10), (500, 1000)):
        low, high = wilson(part, whole)
        assert 0 <= low <= part / whole <= high <= 1
    assert wilson(0, 0) == (0.0, 1.0)
    narrow, wide = wilson(100, 1000), wilson(1, 10)
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


@pytest.mark.parametrize(("code", "words"), [("en", "Explore"), ("zh-hans", "发现")])
def test_the_meter_on_ones_own_note_says_where_others_meet_it(
    ann: User,
    mei: User,
    post_note: PostNote,
    browser_of: Callable[[User], Client],
    code: str,
    words: str,
) -> None:
    note = post_note(ann, state="limited")
    mine, other = browser_of(ann), browser_of(mei)
    for client in (mine, other):
        client.cookies["language"] = code
    address = f"/notes/{note.pk}/"
    page = mine.get(address).content.decode()
    meter = page[page.index('class="reach"') :].split("</section>")[0]
    assert (meter.count('data-met="yes"'), meter.count('data-met="no"')) == (2, 2)
    assert words in meter
    assert 'class="reach"' not in other.get(address).content.decode()
