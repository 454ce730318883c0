"""Links that hide something, and texts that say nearly the same, whatever is put around them."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from moderation import links
from moderation.links import load_domains, suspicion
from moderation.policy import Outcome, Submission, judge
from moderation.repetition import SCORES, SHORT
from moderation.thresholds import load_thresholds

BRANDS = sorted(load_domains().brands)
OLD: dict[str, Any] = {"author_age_days": 900.0, "author_published_count": 90}


class TestAddresses:
    """How much an address hides."""

    @pytest.mark.parametrize("brand", BRANDS)
    def test_a_name_on_its_own_domains_hides_nothing(self, brand: str) -> None:
        for domain in load_domains().brands[brand]:
            for host in (domain, f"www.{domain}", f"shop.{domain}"):
                assert suspicion(f"https://{host}/login?x=1") == 0.0

    @pytest.mark.parametrize("brand", BRANDS)
    def test_a_borrowed_name_beside_a_lure_is_dressed_up(self, brand: str) -> None:
        for host in (
            f"{brand}-login.example",
            f"secure-{brand}.example",
            f"{brand}.verify.example",
        ):
            assert suspicion(f"https://{host}.example/") >= links.DRESSED

    @pytest.mark.parametrize("shortener", sorted(load_domains().shorteners))
    def test_a_shortener_hides_where_it_leads(self, shortener: str) -> None:
        assert suspicion(f"https://{shortener}/abc") == links.SHORTENED
        assert suspicion(f"{shortener}/abc") == links.SHORTENED

    @pytest.mark.parametrize(
        ("host", "score"),
        [
            ("paypal.example", 0.0),
            ("mypaypal.example", 0.0),
            ("paypa.com", links.NEAR),
            ("paypall.com", links.NEAR),
            ("peypal.com", links.NEAR),
            ("aypal.com", 0.0),
            ("paypal1.com", links.NEAR),
            ("pay-pal.com", links.IMITATION),
            ("arnazon.com", links.IMITATION),
            ("amaz0n.com", links.IMITATION),
            ("appie.com", 0.0),
            ("app1e.com", links.IMITATION),
            ("dh1.com", links.IMITATION),
            ("dhx.com", 0.0),
            ("vvhatsapp.com", links.IMITATION),
        ],
    )
    def test_imitations_by_hand(self, host: str, score: float) -> None:
        assert suspicion(f"https://{host}/") == score

    @pytest.mark.parametrize(
        "address",
        ["http://192.0.2.1/", "http://192.0.2.1:8080/a", "http://0x7f000001/", "http://3232235777"],
    )
    def test_a_bare_number_is_no_name(self, address: str) -> None:
        assert suspicion(address) == links.NUMERIC

    @pytest.mark.parametrize("address", ["", "https://", "https:///a", "....", "https://?#", "@"])
    def test_a_broken_address_is_no_error(self, address: str) -> None:
        assert 0.0 <= suspicion(address) < links.DRESSED

    def test_one_weak_link_alone_changes_nothing_and_doubt_adds_up(self) -> None:
        plain = judge(Submission("note", "My shop: https://bit.ly/tea", **OLD))
        assert plain.outcome is Outcome.PUBLISH
        assert [found.source for found in plain.evidence] == ["link"]

    def test_only_the_first_links_of_a_list_are_looked_at(self) -> None:
        text = "https://a.example " * links.MOST_LINKS + "https://paypa1.com"
        found = judge(Submission("note", text, **OLD)).evidence
        assert [one for one in found if one.source == "link"] == []


TEXTS = {
    "en": "Handmade autumn tea from our hills, first picking, come and taste it with us",
    "zh": "自家山上的秋茶，头一批采的，欢迎大家来一起尝尝看，真的很香很好喝",
}


def outcome_of(text: str, *recent: str) -> Outcome:
    return judge(Submission("note", text, recent_texts=recent, **OLD)).outcome


@pytest.mark.parametrize("language", TEXTS)
class TestCopies:
    """Near-copies of the day, in either language."""

    @pytest.mark.parametrize(
        "disguise",
        [
            str.upper,
            lambda text: text.replace(" ", "\u200b "),
            lambda text: f"!!! {text} ★★★ 12345",
            lambda text: text.replace(",", " … ").replace("，", "～"),
            lambda text: f"{text} 😀😀😀",
            lambda text: "".join(chr(ord(c) + 0xFEE0) if "a" <= c <= "z" else c for c in text),
        ],
        ids=["capitals", "zero width", "frames", "punctuation", "emoji", "full width"],
    )
    def test_what_is_put_around_a_copy_hides_nothing(
        self, language: str, disguise: Callable[[str], str]
    ) -> None:
        text = TEXTS[language]
        copies = [disguise(text)] * 2
        assert outcome_of(text, *copies) is Outcome.LIMIT

    def test_another_half_is_another_text(self, language: str) -> None:
        text = TEXTS[language]
        half = len(text) // 2
        other = (
            text[:half] + {"en": "zq wv xk jh " * 9, "zh": "鹳鹭鸶鸬鹚鹈鹕鸳鸯鸵鸟" * 3}[language]
        )
        assert outcome_of(text, other, other, other) is Outcome.PUBLISH

    def test_words_in_another_order_are_another_text(self, language: str) -> None:
        pieces = list(TEXTS[language])
        random.Random(4).shuffle(pieces)
        assert outcome_of(TEXTS[language], *["".join(pieces)] * 4) is Outcome.PUBLISH

    @pytest.mark.parametrize(("copies", "hardest"), [(2, "limit"), (3, "limit"), (4, "hold")])
    def test_more_copies_weigh_more(self, language: str, copies: int, hardest: str) -> None:
        assert outcome_of(TEXTS[language], *[TEXTS[language]] * copies) == hardest

    def test_only_the_latest_fifty_are_compared(self, language: str) -> None:
        others = [f"{n} quiet different words about something else entirely" for n in range(50)]
        assert outcome_of(TEXTS[language], *others, *[TEXTS[language]] * 9) is Outcome.PUBLISH


@pytest.mark.parametrize("length", [SHORT - 1, SHORT])
def test_what_is_too_short_may_be_said_often(length: int) -> None:
    text = "abcdefghijklmnopq"[:length]
    found = outcome_of(text, text, text)
    assert found is (Outcome.LIMIT if length >= SHORT else Outcome.PUBLISH)


def test_copies_limit_at_first_and_never_remove() -> None:
    ladder = load_thresholds().outcomes["spam_scam"]
    assert ladder["limit"] <= SCORES[2] <= SCORES[3] < ladder["hold"] <= SCORES[4]
    assert SCORES[max(SCORES)] < ladder["remove"]
