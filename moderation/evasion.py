"""Listed words that were spaced, masked, stretched, spelt with digits or split, made whole."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from itertools import accumulate, islice, product

from moderation.lexicon import load_lexicon
from moderation.text import HAN, Folded

Edit = tuple[int, int, str]

_SPACED = re.compile(r"(?<![a-z0-9'])[a-z0-9](?:[ .\-_*/|,·~]{1,3}[a-z0-9]){2,40}(?![a-z0-9'])")
_ODD = re.compile(r"[a-z0-9@$!|*+#€£_.\-]{2,30}")
_ODD_INSIDE = re.compile(r"[a-z0-9][0-9@$!|*+#€£_.\-]|[0-9@$|*+#€£]\w|([a-z])\1\1")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_JOINTS = re.compile(r"[_.\-*]")
_TAG = re.compile(r"#([a-z]{7,40})")
_GAP = r"(?: {1,2}|[^\w\s,。!?、;:…\"'“”()《》【】「」]{1,3})"
_CHAIN = re.compile(f"(?<![{HAN}])[{HAN}]++(?:{_GAP}[{HAN}]++)++")
_ONE_HAN = re.compile(f"[{HAN}]")
_SPELT = {
    "0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "!": "i", "|": "il", "+": "t", "€": "e", "£": "l",
}  # fmt: skip
MOST_CANDIDATES, MOST_ODD_WORDS, MOST_SPACED, MOST_MASKS = 32, 200, 40, 3
MOST_SPACES = 20  # spaces inside Chinese words that are asked about, of one text
NEAR = 8  # characters on either side that tell where a Chinese word ends


def repair(folded: Folded) -> Folded:
    """The text with disguised listed words in their plain spelling; all else is left alone."""
    for mend in (_spaced_letters, _odd_words, _glued_tags, _parted_han):
        folded = folded.edited(list(mend(folded.text)))
    return folded


def _spaced_letters(text: str) -> Iterator[Edit]:
    """k i l l, k.i.l.l"""
    for match in islice(_SPACED.finditer(text), MOST_SPACED):
        letters = re.sub(r"[^a-z0-9]", "", match[0])
        if plain := " ".join(_cut(letters)) or _plain_word(letters):
            yield match.start(), match.end(), plain


def _odd_words(text: str) -> Iterator[Edit]:
    """k1ll, f*ck, kiiill, fu.ck"""
    odd = (match for match in _ODD.finditer(text) if _ODD_INSIDE.search(match[0]))
    for match in islice(odd, MOST_ODD_WORDS):
        word = match[0].strip("*+#_.-!|")
        if sum(map(str.isdigit, word)) * 2 > len(word):
            continue
        start = match.start() + match[0].index(word)
        if plain := _plain_word(word):
            yield start, start + len(word), plain


def _glued_tags(text: str) -> Iterator[Edit]:
    """#killyourself"""
    for match in islice(_TAG.finditer(text), MOST_ODD_WORDS):
        pieces = _cut(match[1])
        if pieces and "the" not in pieces:
            yield match.start(1), match.end(1), " ".join(pieces)


def _parted_han(text: str) -> Iterator[Edit]:
    """加.微.信, 你去自 杀吧"""
    spaces = iter(range(MOST_SPACES))
    for match in _CHAIN.finditer(text):
        chain = match[0]
        places = [found.start() for found in _ONE_HAN.finditer(chain)]
        joined = "".join(chain[at] for at in places)
        gaps = ((at, word) for word in _listed(joined) for at in range(*word))
        for at, word in gaps:
            left, right = places[at], places[at + 1]
            if right - left > 1 and (
                _was_put_between(chain, left, right)
                or (next(spaces, None) is not None and _reads_on(joined, at, word))
            ):
                yield match.start() + left + 1, match.start() + right, ""


def _listed(joined: str) -> Iterator[tuple[int, int]]:
    """First and last place of each listed word, without overlap."""
    at = 0
    while at < len(joined):
        found = load_lexicon().string_at(joined, at)
        if found and found[0] > 1:
            yield at, at + found[0] - 1
        at += found[0] if found else 1


def _was_put_between(chain: str, left: int, right: int) -> bool:
    """A mark inside a word is odd in itself, a space beside a lone character."""
    if chain[left + 1 : right].strip():
        return True
    alone_left = left == 0 or not _ONE_HAN.match(chain, left - 1)
    alone_right = right + 1 == len(chain) or not _ONE_HAN.match(chain, right + 1)
    return alone_left or alone_right


def _reads_on(joined: str, at: int, word: tuple[int, int]) -> bool:
    """Whether characters `at` and `at + 1` belong to one word once the space between is gone.

    Either a word of the dictionary spans them (自 杀), or the listed word is none of the
    dictionary's and no neighbour claims a part of it (来自 杀青 is two words).
    """
    first, last = word
    start = max(0, first - NEAR)
    pieces = _segmenter()(joined[start : last + 1 + NEAR])
    borders = set(accumulate(map(len, pieces), initial=start))
    return at + 1 not in borders or borders >= set(range(first, last + 2))


@cache
def _segmenter() -> Callable[[str], list[str]]:
    # Loaded by the first listed word with a space inside: its dictionary takes 33 MB.
    segment: Callable[[str], list[str]] = import_module("rjieba").cut
    return segment


def _plain_word(word: str) -> str:
    """The listed word that an odd spelling stands for, or ""."""
    words = load_lexicon().words
    if word in words or (len(word) == 2 and "0" not in word):
        return ""
    if "*" in word and (whole := _unmasked(word)):
        return whole
    candidates = (c for spelling in _unleet(word) for c in _unstretched(spelling))
    for candidate in islice(candidates, MOST_CANDIDATES):
        for form in (candidate, _JOINTS.sub("", candidate)):
            if form in words:
                return form
    return _unmasked(word)


def _unleet(word: str) -> Iterator[str]:
    return map("".join, product(*(_SPELT.get(c, c) for c in word)))


def _unstretched(word: str) -> Iterator[str]:
    """Each letter said three times or more, once and twice."""
    parts = _STRETCHED.split(word)
    plain, letters = parts[::2], parts[1::2]
    for lengths in product((1, 2), repeat=min(len(letters), 3)):
        ends = [letter * n for letter, n in zip(letters, lengths, strict=False)]
        yield "".join(a + b for a, b in zip(plain, [*ends, ""], strict=False))


def _unmasked(word: str) -> str:
    letters, masks = sum(map(str.isalpha, word)), len(re.findall(r"[*#]", word))
    if not 0 < masks <= MOST_MASKS or letters < max(2, masks):
        return ""
    mask = re.compile("".join("[a-z]" if c in "*#" else re.escape(c) for c in word))
    fits = [known for known in load_lexicon().masked if mask.fullmatch(known)]
    return fits[0] if len(fits) == 1 else ""


def _cut(letters: str) -> list[str]:
    """The letters cut into listed words, longest first; [] if they cannot all be used."""
    best: list[list[str] | None] = [[], *([None] * len(letters))]
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 16), end):
            before, piece = best[start], letters[start:end]
            if before is not None and (piece in load_lexicon().words or piece in ("i", "u")):
                best[end] = [*before, piece]
                break
    return best[-1] or []
