"""How a finding stands in its sentence: denied, quoted, reported, answered, asked, in jest."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from moderation.counterspeech import answers
from moderation.shape import ASK, BORDERS, COMMA, STOP, Shape, load_alphabet

_QUOTED = re.compile(
    r"\"[^\"\n]{1,400}\"|“[^“”]{1,400}”|「[^「」]{1,400}」|『[^『』]{1,400}』|«[^»]{1,400}»"
    r"|(?<![\w'])'[^'\n]{2,200}'(?![\w'])|《[^》]{1,60}》"
)
_BORDER = re.compile(f"[{BORDERS}]")
_INSERTED = re.compile(f"{COMMA}[^{BORDERS}]{{0,3}}{COMMA}")
# "But": where a text turns against what was said before.
_TURN = re.compile(
    r"(?<!nothing )(?<!anything )(?<!all )(?<!last )(?<!one )(?<!body )\bbut\b|[.,;] however,"
    r"|(?<![不非])但(?![愿凡丁])|(?<!这)可是|然而|[,。;]不过"
)
OTHERS = ("group", "member", "slur", "slight")
BEFORE, BESIDE, FAR = 4, 14, 120


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A shape with what is needed to tell how any span of it stands."""

    shape: Shape
    quotations: list[tuple[int, int]]
    turns: list[int]
    answers: list[tuple[int, int]]
    is_story: bool
    has_pests: bool
    comforts: bool

    def scopes(self, start: int, end: int) -> Iterator[str]:
        """The names of the scopes that hold for the symbols [start, end)."""
        first, last = self._sentence(start, end)
        symbols = self.shape.symbols
        before = symbols[max(first, start - BEFORE) : start]
        here = symbols[max(first, start - FAR) : min(last, end + FAR)]
        near = symbols[max(0, first - BESIDE, start - FAR) : min(last + BESIDE, end + FAR)]
        holds = {
            "negated": _any("negation", _clause(before, symbols[start:end])),
            "own": _any("me", before),
            "quoted": self._is_within(self.quotations, start, end),
            "reported": self._is_reported(first, start, end),
            "countered": _any("counter", near),
            "answered": self.is_answered(start, end),
            "asked": symbols[last : last + 1] == ASK,
            "playful": _any("playful", near),
            "told": self.is_story or (self.has_pests and _any("pest", here)),
            "comforted": self.comforts and _any("comfort", here) and not _any("killyourself", here),
        }
        return (scope for scope, does_hold in holds.items() if does_hold)

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        symbols = self.shape.symbols
        first = 1 + max(symbols.rfind(STOP, 0, start), symbols.rfind(ASK, 0, start))
        stops = [at for at in (symbols.find(STOP, end), symbols.find(ASK, end)) if at >= 0]
        return first, min(stops, default=len(symbols))

    def is_turned(self, start: int, end: int) -> bool:
        """Whether the text takes a turn between two symbols: "but"."""
        first, last = self.shape.span(start, end)
        return bisect_left(self.turns, first) < bisect_left(self.turns, last)

    def is_answered(self, start: int, end: int) -> bool:
        """Whether the symbols [start, end) stand in words that blame whoever says such things."""
        return self._is_within(self.answers, start, end)

    def _is_within(self, places: list[tuple[int, int]], start: int, end: int) -> bool:
        if not places:
            return False
        start, end = self.shape.span(start, end)
        return any(first <= start and end <= last for first, last in places)

    def _is_reported(self, first: int, start: int, end: int) -> bool:
        symbols = self.shape.symbols
        reports, me = _letters("report"), _letters("me")
        for at in range(max(first, start - 12), start):
            if symbols[at] in reports and not (at and symbols[at - 1] in me):
                return True
        # "Those who hate" both hates and tells of it, in one phrase.
        return _any("report", symbols[start : start + 1] + symbols[end : end + 4])


def _clause(before: str, found: str) -> str:
    """What a denial can stand in: the clause that the finding ends in, with what leads to it.

    A few words between two commas ("I would never, ever, hate") divide nothing.
    """
    before = _INSERTED.sub("", before)
    *_, last = _BORDER.split(found)
    return last if len(last) < len(found) else _BORDER.split(before)[-1] + found


def surroundings(text: str, shape: Shape) -> Surroundings:
    """A folded text and its shape, ready to be asked for scopes.

    A quotation that is the whole text is no quotation: nobody is being quoted.
    """
    found = [match.span() for match in _QUOTED.finditer(text)]
    whole = len(text.strip()) - 6
    quotations = [(a, b) for a, b in found if b - a < whole]
    blamed = list(_up_to_others(shape, answers(text)))
    anywhere = (_any(name, shape.symbols) for name in ("setting", "pest", "comfort"))
    turns = [match.start() for match in _TURN.finditer(text)]
    return Surroundings(shape, quotations, turns, blamed, *anywhere)


def _up_to_others(shape: Shape, spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Each answer up to a comma after which it names people once more: those may be meant."""
    places: list[tuple[int, bool]] | None = None
    for start, end in spans:
        if places is None:  # hardly any text answers
            places = list(_commas_and_others(shape))
        comma, is_named = end, False
        for place, is_comma in places[bisect_left(places, (start, False)) :]:
            if place >= end:
                break
            if is_comma and is_named:
                comma = min(comma, place)
            elif not is_comma and comma < end:
                end = comma
                break
            is_named |= not is_comma
        yield start, end


def _commas_and_others(shape: Shape) -> Iterator[tuple[int, bool]]:
    """Where commas stand, and (no comma) those who can be hated."""
    others = frozenset[str]().union(*map(_letters, OTHERS))
    for at, symbol in enumerate(shape.symbols):
        if symbol == COMMA or symbol in others:
            yield shape.span(at, at + 1)[0], symbol == COMMA


@cache
def _letters(concept: str) -> frozenset[str]:
    return frozenset(load_alphabet().letters(concept))


def _any(concept: str, symbols: str) -> bool:
    return not _letters(concept).isdisjoint(symbols)
