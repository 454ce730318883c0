"""Asking classifiers beside our own over HTTP, about texts that everybody may read.

Each of `settings.CLASSIFIERS` is sent `{"text", "language", "kind"}` and answers
`{"scores": {"<rule id>": 0..1}}`. What fails, is slow or answers nonsense says nothing, and is left
alone for a minute after three failures in a row.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from accounts import breaker
from accounts.asking import BusyError, EngineError, ask
from moderation.language import detect
from moderation.models import Case
from moderation.rulebook import RULE_IDS
from moderation.submission import Opinion

logger = logging.getLogger(__name__)

TIME_LIMIT = 2.0  # seconds for all of them, who are asked at once
Answer = Future[tuple[int, Any]]


def name_of(address: str) -> str:
    """What a classifier is called where people read of it: host and path, without a password."""
    parts = urlsplit(address)
    return parts.netloc.rpartition("@")[2] + parts.path.rstrip("/")


def names() -> list[str]:
    """Those that are asked; none unless the settings name some."""
    return [name_of(address) for address in settings.CLASSIFIERS]


def resting() -> list[str]:
    """Those that failed so often that nobody asks them now."""
    return [name for name in names() if breaker.is_open(_service(name))]


def opinions_on(case: Case) -> tuple[Opinion, ...]:
    """What they think of a text; they are never shown what is not for everybody."""
    if not settings.CLASSIFIERS or not case.is_public or not case.text:
        return ()
    language = detect(case.text) or case.language
    body = {"text": case.text, "language": language, "kind": case.kind}
    return tuple(opinion for answered in _ask_all(body) for opinion in answered)


def _ask_all(body: dict[str, str]) -> Iterator[list[Opinion]]:
    addresses = {name_of(address): address for address in settings.CLASSIFIERS}
    for name in resting():
        addresses.pop(name, None)
    if not addresses:
        return
    deadline = time.monotonic() + TIME_LIMIT
    pool = ThreadPoolExecutor(len(addresses))
    asked = {n: pool.submit(ask, "POST", at, deadline, body) for n, at in addresses.items()}
    wait(asked.values(), TIME_LIMIT)
    # Whoever still drips is not waited for; its thread ends by its own time limit.
    pool.shutdown(wait=False, cancel_futures=True)
    for name, answer in asked.items():
        yield _heard(name, answer)


def _heard(name: str, answer: Answer) -> list[Opinion]:
    """What one of them said; nothing, and a failure on its account, where that is no answer."""
    try:
        if not answer.done():
            raise EngineError("no answer in time")
        status, said = answer.result()
        if status != 200:
            raise EngineError(f"status {status}")
        opinions = opinions_of(name, said)
    except EngineError as error:
        logger.warning("classifier %s: %s", name, error)
        if isinstance(error, BusyError):
            breaker.rest(_service(name), error.wait)
        else:
            breaker.fail(_service(name))
        return []
    breaker.close(_service(name))
    return opinions


def opinions_of(name: str, said: object) -> list[Opinion]:
    """The scores of an answer; what is no rule of ours or no number of 0 to 1 is left out.

    Raises EngineError for an answer of another shape.
    """
    scores = said.get("scores") if isinstance(said, dict) else None
    if not isinstance(scores, dict):
        raise EngineError("the answer has another shape")
    return [
        Opinion(name, rule, round(float(score), 3))
        for rule, score in scores.items()
        if rule in RULE_IDS and _is_score(score)
    ]


def _is_score(score: object) -> bool:
    return isinstance(score, int | float) and not isinstance(score, bool) and 0 <= score <= 1


def _service(name: str) -> str:
    return f"classifier:{name}"
