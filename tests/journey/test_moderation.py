"""A note against a rule stays with its author until a moderator has read it."""

from __future__ import annotations

import re
from contextlib import closing

import pytest

from moderation.rulebook import load_rulebook
from tests.journey.house import seconds_until
from tests.journey.people import Person, Visitor, hidden_fields, referer
from tests.journey.photos import small_photo

pytestmark = pytest.mark.journey
QUEUE = "/admin/moderation/case/?queue=waiting"


@pytest.mark.parametrize(
    ("rule", "language", "state"),
    [
        ("harassment", "en", "held"),
        ("violence_threat", "zh", "held"),
        ("illegal_goods", "en", "removed"),
        ("hate", "zh", "removed"),
    ],
)
def test_what_breaks_a_rule_is_seen_by_its_author_alone(
    rule: str, language: str, state: str, ann: Person, tang: Person, stranger: Visitor
) -> None:
    words = load_rulebook().rule(rule).not_fine[language][0]
    picture = tang.upload(small_photo())["id"]
    note = tang.post(words[:40], words, [picture])["id"]
    seconds_until(f"{state} for {rule}", lambda: tang.state(note) != "pending")
    assert tang.state(note) == state

    verdict = tang.decisions()[0]
    assert (verdict["rule"], verdict["decided_by"]) == (rule, "machine")
    assert (verdict["kind"], verdict["url"]) == ("note", f"/notes/{note}/")

    later = ann.post("A kind word", "Tea on the balcony.")["id"]
    seconds_until("a later note in Explore", lambda: later in stranger.feed("explore"))
    assert stranger.everywhere(later, ann.username) >= {"API", "explore"}
    assert stranger.everywhere(note, tang.username) == set()
    for url in tang.image(picture)["urls"].values():
        assert tang.http.get(url).status_code == 200
        assert stranger.http.get(url).status_code == 404


def test_a_moderator_publishes_what_the_machine_held(
    ann: Person, mei: Person, bo: Person, stranger: Visitor
) -> None:
    words = load_rulebook().rule("harassment").not_fine["en"][0]
    title = f"My play in one act {ann.username}"
    note = ann.post(title, words)["id"]
    seconds_until("held", lambda: ann.state(note) == "held")
    assert note not in mei.feed("following")

    with closing((desk := bo.browser()).http):
        queue = desk.http.get(QUEUE).text
        row = next(row for row in queue.split("<tr") if title in row)
        link = re.search(r"/admin/moderation/case/\d+/change/", row)
        assert link is not None
        case = desk.http.get(link[0])
        assert words in re.sub(r"</?mark[^>]*>", "", case.text.replace("&#x27;", "'"))
        form = hidden_fields(case.text) | {"outcome": "publish", "rule": "", "reason": "It is art."}
        answer = desk.http.post(link[0], data=form, headers=referer(case))
        assert answer.status_code == 200
        assert title not in desk.http.get(QUEUE).text

    assert ann.state(note) == "published"
    seconds_until("in Following", lambda: note in mei.feed("following"))
    seconds_until("in Explore", lambda: note in stranger.feed("explore"))
    decided = [(d["outcome"], d["rule"], d["decided_by"], d["reason"]) for d in ann.decisions()]
    assert decided[0] == ("publish", "", "person", "It is art.")
    assert decided[1][:3] == ("hold", "harassment", "machine")


def test_the_desk_is_closed_to_everybody_else(ann: Person, stranger: Visitor) -> None:
    assert "/accounts/login/" in str(stranger.http.get(QUEUE).url)
    with closing((reader := ann.browser()).http):
        answer = reader.http.get(QUEUE)
        assert (answer.status_code, "case" in answer.text.lower()) == (403, False)
