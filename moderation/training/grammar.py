"""Sentences by grammar: harmful ones and harmless twins of the same words, in both languages.

A template such as "{group} are not {vile}" takes its words from the concepts of the lexicon and
from slots.toml, so that one list of words serves rules, model and both languages.
"""

import random
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from moderation.lexicon import RULES
from moderation.training.examples import Example

GRAMMAR = Path(__file__).parent / "grammar"
_SLOT = re.compile(r"\{(\w+)\}")


def sentences(per_template: int, seed: int = 1) -> Iterator[Example]:
    """Fill every template `per_template` times; the same seed gives the same sentences."""
    chance = random.Random(seed)  # noqa: S311 - reproducible on purpose
    for path in sorted(GRAMMAR.glob("*.toml")):
        if path.stem == "slots":
            continue
        for language, kinds in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for kind, templates in kinds.items():
                rules = (path.stem,) if kind == "harmful" else ()
                for template in templates:
                    for text in sorted(_filled(template, language, per_template, chance)):
                        yield Example(text, language, rules, f"grammar: {path.stem}")


def _filled(template: str, language: str, count: int, chance: random.Random) -> set[str]:
    words = _words(language)
    return {
        _dressed(_SLOT.sub(lambda slot: chance.choice(words[slot[1]]), template), chance)
        for _ in range(count if _SLOT.search(template) else 1)
    }


def _dressed(text: str, chance: random.Random) -> str:
    """With the endings and capitals that people use, or none."""
    if chance.random() < 0.4 and text[:1].isascii():
        text = text[:1].upper() + text[1:]
    if text[-1:] in '?!.？！。”"':
        return text
    endings = (".", "!", "", "", "...") if text.isascii() else ("。", "！", "", "", "…", "～")
    return text + chance.choice(endings)


@cache
def _words(language: str) -> dict[str, list[str]]:
    """The words of every slot in one language."""
    words: dict[str, list[str]] = {}
    for path in [*sorted((RULES / "lexicon").glob("*.toml")), GRAMMAR / "slots.toml"]:
        for concept, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if language in entry:
                words[concept] = [form for word in entry[language] for form in _forms(word)]
    return words


def _forms(word: str) -> Iterator[str]:
    stem, *endings = word.split("|")
    # The plural says best what a word in a list of words for groups stands for.
    yield stem + endings[0] if endings else stem
