"""A text as a string of symbols: one for each concept, word, sentence end, link or number."""

import re
from dataclasses import dataclass
from functools import cache

from moderation.lexicon import load_lexicon
from moderation.text import HAN

WORD, NUMBER, COMMA, STOP, ASK = "w", "0", ",", ".", "?"
BORDERS = COMMA + STOP + ASK  # of clauses
BUILT_IN = {"word": WORD, "num": NUMBER, "comma": COMMA, "ask": ASK}
LINK, PHONE, HANDLE, MENTION = "link", "phone", "handle", "mention"
SKIPPED = frozenset(["skip"])

_TLD = (
    "com|net|org|cn|io|co|me|cc|top|xyz|info|biz|ru|app|shop|site|online|club|vip|live|link|ly|gg"
)
_ADDRESS = r"[a-z0-9\-._~:/?#\[\]@!$&'*+;=%]"
TOKEN = re.compile(
    rf"(?P<link>https?://{_ADDRESS}+|www\.{_ADDRESS}+"
    rf"|(?<![\w@.])(?:[a-z0-9-]{{1,63}}\.){{1,4}}(?:{_TLD})(?![a-z0-9])(?:/{_ADDRESS}*)?)"
    r"|(?P<mail>(?<![\w.])[\w.+-]{1,64}@[a-z0-9-]{1,63}\.[a-z.]{2,24})"
    r"|(?P<mention>@[\w.-]{2,40})"
    r"|(?P<handle>(?<![a-z0-9])(?:v|vx|wx|qq|q|line|tg|ins|id|kik|snap|微信?号?|薇信?|扣扣?|威信?)"
    r"\s?[::]?\s?(?:[a-z][a-z0-9_\-]*\d[a-z0-9_\-]*|\d{6,12})(?![a-z0-9]))"
    r"|(?P<phone>(?<![a-z0-9.])\+?\d(?:[ -]?\d){8,13}(?![a-z0-9]))"
    r"|(?P<number>[$£€¥]?\d+(?:[.,]\d+)*(?![a-z0-9])%?)"
    r"|(?P<latin>[a-z0-9]+|'(?:re|ll|ve|m|s|d|t)\b)"
    rf"|(?P<han>[{HAN}]+)"
    r"|(?P<ask>[.!]*\?[.!?]*)"
    rf"|(?P<stop>[.!]+(?=[\s\"'”’)」』{HAN}]|$)|[。；;\n]+|\.\.+|…+)"
    r"|(?P<comma>[,，、:：])"
    r"|(?P<other>[^\W\d_]+|[^\s\w-])",
)
SYMBOLS = {"ask": ASK, "stop": STOP, "comma": COMMA, "number": NUMBER}


@dataclass(frozen=True, slots=True)
class Shape:
    """Symbols of a text; symbol i stands for text[spans[i][0]:spans[i][1]]."""

    symbols: str
    spans: list[tuple[int, int]]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.spans[start][0], self.spans[end - 1][1]


class _Alphabet:
    """One private character for every set of concepts that some listed phrase carries."""

    def __init__(self) -> None:
        self.symbols: dict[frozenset[str], str] = {}
        self._letters: dict[str, str] = {}

    def symbol(self, concepts: frozenset[str]) -> str:
        if concepts not in self.symbols:
            symbol = self.symbols[concepts] = chr(0xE000 + len(self.symbols))
            for concept in concepts:
                self._letters[concept] = self.letters(concept) + symbol
        return self.symbols[concepts]

    def letters(self, concept: str) -> str:
        """Every symbol whose set holds the concept."""
        return BUILT_IN.get(concept) or self._letters.get(concept, "")

    def found(self, concept: str, symbols: str) -> bool:
        """Whether any of the symbols stands for the concept."""
        return any(letter in symbols for letter in self.letters(concept))


@cache
def load_alphabet() -> _Alphabet:
    """The symbols of the whole lexicon."""
    alphabet = _Alphabet()
    for concepts in load_lexicon().meanings():
        alphabet.symbol(concepts)
    for concept in (LINK, PHONE, HANDLE, MENTION):
        alphabet.symbol(frozenset([concept]))
    return alphabet


def shape_of(text: str) -> Shape:
    """The symbols of a folded text."""
    reader = _Reader(text)
    reader.read()
    return Shape("".join(reader.symbols), reader.spans)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [(m.lastgroup or "", m.start(), m.end()) for m in TOKEN.finditer(text)]
        self.words = [text[start:end] for _, start, end in self.tokens]
        self.lexicon, self.alphabet = load_lexicon(), load_alphabet()
        self.symbols: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.reached = 0

    def read(self) -> None:
        for at, (kind, start, end) in enumerate(self.tokens):
            if end <= self.reached:
                continue
            if kind in ("latin", "number"):
                self._read_word(at, kind, max(start, self.reached), end)
            elif kind in ("han", "other"):
                self._read_characters(max(start, self.reached), end, kind)
            else:
                self._put(self._plain_symbol(kind), start, end)

    def _read_word(self, at: int, kind: str, start: int, end: int) -> None:
        if phrase := self.lexicon.phrase_at(self.words, at):
            length, concepts = phrase
            self._put_listed(concepts, start, self.tokens[at + length - 1][2])
        elif string := self.lexicon.string_at(self.text, start):
            length, concepts = string
            self._put_listed(concepts, start, start + length)
        else:
            self._put(SYMBOLS.get(kind, WORD), start, end)

    def _read_characters(self, start: int, end: int, kind: str) -> None:
        unknown = at = start
        while at < end:
            string = self.lexicon.string_at(self.text, at)
            if string is None:
                at += 1
                continue
            self._put_unknown(unknown, at, kind)
            length, concepts = string
            self._put_listed(concepts, at, at + length)
            unknown = at = at + length
        self._put_unknown(unknown, min(at, end), kind)

    def _put_unknown(self, start: int, end: int, kind: str) -> None:
        # Two unlisted Chinese characters weigh as much as one unlisted English word.
        if kind == "other":
            return
        for at in range(start, end, 2):
            self._put(WORD, at, min(at + 2, end))

    def _plain_symbol(self, kind: str) -> str:
        if kind in SYMBOLS:
            return SYMBOLS[kind]
        return self.alphabet.symbol(frozenset([LINK if kind == "mail" else kind]))

    def _put_listed(self, concepts: frozenset[str], start: int, end: int) -> None:
        if concepts == SKIPPED:
            self.reached = max(self.reached, end)
        else:
            self._put(self.alphabet.symbol(concepts), start, end)

    def _put(self, symbol: str, start: int, end: int) -> None:
        self.symbols.append(symbol)
        self.spans.append((start, end))
        self.reached = max(self.reached, end)
