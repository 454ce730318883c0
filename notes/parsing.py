"""Reading #topics and @mentions out of a text, and cleaning what people write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MOST_TOPICS = 10
LONGEST_TOPIC = 60
MOST_MENTIONS = 20

# Not within addresses or e-mails; but Chinese leaves no space before a mark.
_TOPIC = re.compile(r"(?<![A-Za-z0-9_/&#＃])[#＃]([\w\-·]{1,60})")
_MENTION = re.compile(
    r"(?<![A-Za-z0-9_/@＠.])[@＠]([A-Za-z0-9_]{3,24})(?![A-Za-z0-9_@.]*@)(?![A-Za-z0-9_])"
)


def fold_topic(name: str) -> str:
    """One spelling for every case and width of a topic's name."""
    return unicodedata.normalize("NFKC", name).strip().lstrip("#＃").casefold()


def _counts_as_topic(folded: str) -> bool:
    """A number, as in "we are #1", names nothing."""
    return bool(folded) and not folded.isdigit() and len(folded) <= LONGEST_TOPIC


def find_topics(text: str, named: Iterable[str] = ()) -> list[str]:
    """Topics in the order they appear, those named apart last; each once, at most 10."""
    found: dict[str, str] = {}
    for name in [*_TOPIC.findall(text), *(n.strip().lstrip("#＃") for n in named)]:
        folded = fold_topic(name)
        if _counts_as_topic(folded):
            found.setdefault(folded, unicodedata.normalize("NFC", name))
    return list(found.values())[:MOST_TOPICS]


def is_topic(name: str) -> bool:
    """Whether a name given apart could have been written as a #hashtag."""
    written = bool(_TOPIC.fullmatch("#" + name.strip().lstrip("#＃")))
    return written and _counts_as_topic(fold_topic(name))


def find_mentions(text: str) -> list[str]:
    """Handles in lower case, in the order they appear, each once, at most 20."""
    return list(dict.fromkeys(name.lower() for name in _MENTION.findall(text)))[:MOST_MENTIONS]


def find_marks(text: str) -> list[tuple[re.Match[str], str]]:
    """Every ("topic" | "mention") in a text with its match, in their order."""
    marks = [(m, "topic") for m in _TOPIC.finditer(text)]
    marks += [(m, "mention") for m in _MENTION.finditer(text)]
    return sorted(marks, key=lambda mark: mark[0].start())


def split_links(text: str) -> list[tuple[str, str]]:
    """Cut a text into ("text" | "topic" | "mention", piece) so that a page can link them."""
    pieces: list[tuple[str, str]] = []
    end = 0
    for match, kind in find_marks(text):
        if match.start() > end:
            pieces.append(("text", text[end : match.start()]))
        pieces.append((kind, match.group(1)))
        end = match.end()
    if end < len(text):
        pieces.append(("text", text[end:]))
    return pieces
