"""Listed words that were spaced, masked, swapped, stretched, spelt with digits, made whole."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from itertools import accumulate, islice, product

from moderation.encoder import is_word
from moderation.lexicon import load_lexicon
from moderation.text import HAN, Folded

Edit = tuple[int, int, str]

_SPACED = re.compile(r"(?<![a-z0-9'])[a-z0-9](?:[ .\-_*/|,·~]{1,3}[a-z0-9]){2,40}(?![a-z0-9'])")
_ODD = re.compile(r"[a-z0-9@$!|*+#€£_.\-]{2,30}")
_ODD_INSIDE = re.compile(r"[a-z0-9][0-9@$!|*+#€£_.\-]|[0-9@$|*+#€£]\w|([a-z])\1\1")
_AMOUNT = re.compile(r"[^a-z]*|[$€£+]?[0-9][0-9.,+\-]*[a-z]{0,2}")
_LONG = re.compile(r"(?<![\w@#/.])[a-z]{4,20}(?![\w@])")
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
# Words and names that are not common and look like a listed word with two letters swapped.
_REAL = frozenset(re.findall(r"\w+", """
    abby abel abet acme acre apes apse arce arid atone baer baht beast betas bile boast booz boyd
    brian christina coed colne crave crepe discrete eras exits fats fete gota greta hans hera herat
    hist horus hose hurst ides idles iles inst joni juts lair leda loko maine mali oaky odes olathe
    opts pets potions prue raab rams rarest riad roam rogan rolf romo satin shoat silt silver slat
    cruse gnus snag sliver spilt sued tarp toady tolo tsar tsars veer veil veils wien writs
"""))  # fmt: skip
MOST_CANDIDATES, MOST_ODD_WORDS, MOST_SPACED, MOST_MASKS = 32, 200, 40, 3
MOST_LONG_WORDS, MOST_TAGS = 400, 60
MOST_UNKNOWN = 0.4  # of letters with spaces between them, in no listed word
MOST_SPACES = 20  # spaces inside Chinese words that are asked about, of one text
NEAR = 8  # characters on either side that tell where a Chinese word ends


def repair(folded: Folded) -> Folded:
    """The text with disguised listed words in their plain spelling; all else is left alone."""
    for mend in (_spaced_letters, _odd_words, _swapped_letters, _glued_tags, _parted_han):
        folded = folded.edited(list(mend(folded.text)))
    return folded


def _spaced_letters(text: str) -> Iterator[Edit]:
    """k i l l, k.i.l.l"""
    for match in islice(_SPACED.finditer(text), MOST_SPACED):
        letters = re.sub(r"[^a-z0-9]", "", match[0])
        if is_word(letters) and letters not in load_lexicon().words:
            continue
        if plain := " ".join(_cut(letters, MOST_UNKNOWN)) or _plain_word(letters):
            yield match.start(), match.end(), plain


def _odd_words(text: str) -> Iterator[Edit]:
    """k1ll, f*ck, kiiill, fu.ck"""
    odd = (match for match in _ODD.finditer(text) if _ODD_INSIDE.search(match[0]))
    for match in islice(odd, MOST_ODD_WORDS):
        word = match[0].strip("*+#_.-!|")
        if _AMOUNT.fullmatch(word) or (len(word) < 4 and sum(map(str.isdigit, word)) > 1):
            continue
        start = match.start() + match[0].index(word)
        if plain := _plain_word(word):
            yield start, start + len(word), plain


def _swapped_letters(text: str) -> Iterator[Edit]:
    """sutpid, klil"""
    known = load_lexicon().words | _REAL
    odd = (match for match in _LONG.finditer(text) if match[0] not in known)
    for match in islice(odd, MOST_LONG_WORDS):
        if plain := _unswapped(match[0]):
            yield match.start(), match.end(), plain


def _unswapped(word: str) -> str:
    """The listed word of which two neighbouring letters changed places; "" for real words."""
    words = load_lexicon().words
    for at in range(len(word) - 1):
        plain = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if plain in words and not is_word(word):
            return plain
    return ""


def _glued_tags(text: str) -> Iterator[Edit]:
    """#killyourself"""
    for match in islice(_TAG.finditer(text), MOST_TAGS):
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
    return "" if "*" in word else _unmasked(word)


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
    first = "" if word[0] in "*#" else word[0]
    fits = [known for known in _by_shape()[len(word), first] if _fits(word, known)]
    masked = load_lexicon().masked.intersection(fits)
    likely = masked or (fits if letters >= 3 else ())
    return next(iter(likely)) if len(likely) == 1 else ""


def _fits(masked: str, word: str) -> bool:
    return all(a == b or a in "*#" for a, b in zip(masked, word, strict=True))


@cache
def _by_shape() -> dict[tuple[int, str], list[str]]:
    """Listed words by their length and first letter, and by their length alone."""
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for word in load_lexicon().words:
        found[len(word), word[0]].append(word)
        found[len(word), ""].append(word)
    return found


@cache
def _cuttable() -> frozenset[str]:
    return load_lexicon().words | {"a", "i", "u"}


def _cut(letters: str, most_unknown: float = 0.0) -> list[str]:
    """The letters cut into listed words; [] where a larger share than that is in none."""
    # For each end the fewest letters in no word, then the fewest pieces.
    best, words = [(0, 0, 0)], _cuttable()
    for end in range(1, len(letters) + 1):
        unknown, pieces, _ = best[end - 1]
        ways = [(unknown + 1, pieces + 1, end - 1)]
        for start in range(max(0, end - 16), end):
            if (most_unknown or not best[start][0]) and letters[start:end] in words:
                ways.append((best[start][0], best[start][1] + 1, start))
        best.append(min(ways))
    if best[-1][0] > most_unknown * len(letters):
        return []
    found = list(_pieces(letters, best))[::-1]
    return found if not best[-1][0] or _is_told(found) else []


def _is_told(pieces: list[str]) -> bool:
    """Whether so long a listed word stands there that it is none by chance."""
    listed = [piece for piece in pieces if piece in load_lexicon().words]
    rest = [piece for piece in pieces if piece not in _cuttable()]
    return max(map(len, listed), default=0) > 3 and min(map(len, rest), default=2) > 1


def _pieces(letters: str, best: list[tuple[int, int, int]]) -> Iterator[str]:
    """From the last to the first; letters in no word stay together."""
    end, left_over = len(letters), ""
    while end:
        start = best[end][2]
        if best[end][0] > best[start][0]:
            left_over = letters[start:end] + left_over
        else:
            yield from filter(None, [left_over])
            yield letters[start:end]
            left_over = ""
        end = start
    yield from filter(None, [left_over])
