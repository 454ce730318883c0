"""Links that hide where they lead: shorteners, bare numbers, names that imitate other names."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from moderation.lexicon import RULES
from moderation.reading import Reading
from moderation.shape import LINK, load_alphabet
from moderation.submission import Evidence

RULE = "spam_scam"
MOST_LINKS = 50
SHORTENED, NUMERIC, CREDENTIALS, NEAR, DRESSED, IMITATION = 0.35, 0.5, 0.62, 0.5, 0.66, 0.8
_HOST = re.compile(r"(?:[a-z]+://)?([^/?#\s]*)")
_NUMERIC = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?|0x[0-9a-f]+|\d{8,10}")
_SKELETON = str.maketrans("0135", "oles")


@dataclass(frozen=True, slots=True)
class Domains:
    """Known services: shorteners, much imitated names with their own domains, luring words."""

    shorteners: frozenset[str]
    brands: dict[str, frozenset[str]]
    lures: frozenset[str]


@cache
def load_domains() -> Domains:
    """The lists of rules/domains.toml."""
    table = tomllib.loads((RULES / "domains.toml").read_text(encoding="utf-8"))
    brands = {name: frozenset(domains) for name, domains in table["brands"].items()}
    return Domains(frozenset(table["shorteners"]), brands, frozenset(table["lures"]))


def links(reading: Reading) -> Iterator[Evidence]:
    """One piece of evidence for each link that hides something."""
    letters = load_alphabet().letters(LINK)
    symbols = zip(reading.shape.symbols, reading.shape.spans, strict=True)
    for span in islice((span for symbol, span in symbols if symbol in letters), MOST_LINKS):
        start, end = reading.folded.span(*span)
        original = reading.submission.text[start:end]
        if score := suspicion(reading.folded.text[slice(*span)], original):
            yield Evidence(RULE, score, start, end, "link")


def suspicion(link: str, original: str = "") -> float:
    """How much a link hides, 0 to 1; `original` is its spelling before look-alikes were folded."""
    match = _HOST.match(link)
    authority = match[1] if match else ""
    host = authority.rpartition("@")[2].removeprefix("www.")
    if match and not original[: match.end()].isascii():
        return IMITATION
    if _NUMERIC.fullmatch(host):
        return NUMERIC
    if "@" in authority and "://" in link:
        return CREDENTIALS
    if host in load_domains().shorteners:
        return SHORTENED
    return max((_imitates(host, brand) for brand in load_domains().brands), default=0.0)


def _imitates(host: str, brand: str) -> float:
    own = load_domains().brands[brand]
    if any(host == domain or host.endswith("." + domain) for domain in own):
        return 0.0
    labels = host.split(".")[:-1]
    name = labels[-1] if labels else ""
    parts = {part for label in labels for part in label.split("-")}
    if brand in parts and (parts | set(host.split("."))) & load_domains().lures:
        return DRESSED
    if name != brand and _skeleton(name) == brand:
        return IMITATION
    return NEAR if len(brand) >= 6 and _one_letter_off(name, brand) else 0.0


def _skeleton(name: str) -> str:
    return name.translate(_SKELETON).replace("rn", "m").replace("vv", "w").replace("-", "")


def _one_letter_off(name: str, brand: str) -> bool:
    """One letter added, left out or replaced, the first one kept."""
    if name == brand or abs(len(name) - len(brand)) > 1 or name[:1] != brand[:1]:
        return False
    same = next((i for i, (a, b) in enumerate(zip(name, brand, strict=False)) if a != b), -1)
    if same < 0:
        return True
    return name[same + (len(name) >= len(brand)) :] == brand[same + (len(brand) >= len(name)) :]
