"""The API tried against its own document: whatever is sent, it answers, and never with a 5xx."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.core.result import Ok

from tests.journey.house import House
from tests.journey.people import Person
from tests.journey.photos import small_photo

pytestmark = pytest.mark.journey
# Of each operation, well-formed and malformed; REDLEAF_EXAMPLES=50 tries more.
EXAMPLES = int(os.environ.get("REDLEAF_EXAMPLES", "5"))
LONGEST_ANSWER = 10
TRY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# They would end the very token with which we ask.
LEFT_ALONE = {"DELETE /api/v1/auth/token/", "DELETE /api/v1/auth/tokens/{id}/"}


@dataclass
class Trial:
    """Sends cases as one person and writes down what should not have been answered."""

    ann: Person
    note: int
    faults: list[str] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)

    def send(self, case: Case, real: bool) -> None:
        if real:
            case.path_parameters.update(self.real_names(case.path_parameters))
        begun = time.monotonic()
        answer = case.call(base_url=self.ann.url, headers=dict(self.ann.http.headers), timeout=30)
        passed = time.monotonic() - begun
        status = answer.status_code
        self.statuses[status] = self.statuses.get(status, 0) + 1
        kind = (answer.headers.get("content-type") or [""])[0]
        announced = case.operation.definition.raw["responses"]
        fault = (
            (str(status) not in announced and "an answer nobody announced")
            or (status >= 500 and "our fault")
            or (status >= 400 and kind != "application/problem+json" and f"type {kind}")
            or (passed > LONGEST_ANSWER and f"{passed:.0f} s")
        )
        if fault:
            self.faults.append(f"{fault}: {status} to {case.as_curl_command()[:500]}")

    def real_names(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """In place of made-up ids and names, ones that exist."""
        there = {"username": self.ann.username, "name": "autumn"}
        return {name: there.get(name, self.note) for name in parameters}


def operations(url: str) -> Iterator[APIOperation]:
    schema = schemathesis.openapi.from_url(f"{url}/api/v1/schema/?format=json")
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        if operation.label not in LEFT_ALONE and "/schema/" not in operation.path:
            yield operation


def test_no_input_brings_the_api_down(stack: House) -> None:
    begun = time.monotonic()
    with closing((ann := Person(stack.url, "ann")).http):
        note = ann.post("Something to try things on", images=[ann.upload(small_photo())["id"]])
        trial = Trial(ann, note["id"])
        tried = 0
        for operation in operations(stack.url):
            tried += 1
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                try_with(operation, mode, trial)
    counts = dict(sorted(trial.statuses.items()))
    passed = time.monotonic() - begun
    print(f"\n  {tried} operations in {passed:.0f} s, answers by status: {counts}", end="")
    assert tried >= 30
    assert not trial.faults, "\n".join(trial.faults)


def try_with(operation: APIOperation, mode: GenerationMode, trial: Trial) -> None:
    @TRY
    @given(case=operation.as_strategy(generation_mode=mode), real=st.booleans())
    def attempt(case: Case, real: bool) -> None:
        trial.send(case, real)

    attempt()
