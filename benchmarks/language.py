"""The language of the demo's texts: how many of a hundred at random are told right."""

from __future__ import annotations

import random

from feeds.demo import content
from moderation.language import detect

SAMPLE, GOAL = 100, 97
OTHER = {"zh": "en", "en": "zh"}

Known = tuple[str, str]  # a language, and a text in it


def main() -> None:
    posts = [*content.posts(), *content.trouble()]
    texts = [(post.language, f"{post.title}\n{post.body}") for post in posts]
    texts += [(OTHER[post.language], "\n".join(post.second)) for post in posts if any(post.second)]
    _report("texts", random.Random(6).sample(texts, SAMPLE), GOAL)
    titles = [(post.language, post.title) for post in posts if post.title]
    _report("titles alone", random.Random(6).sample(titles, SAMPLE), None)


def _report(name: str, known: list[Known], goal: int | None) -> None:
    wrong = [text for language, text in known if detect(text) != language]
    right = SAMPLE - len(wrong)
    verdict = "" if goal is None else f", goal {goal}: {'met' if right >= goal else 'MISSED'}"
    print(f"language told right: {right} of {SAMPLE} {name}{verdict}", flush=True)
    for text in wrong:
        print(f"  taken for {detect(text) or 'none'}: {text[:60]!r}")
