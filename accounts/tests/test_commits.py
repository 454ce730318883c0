"""What is done after a commit may fail without a word to the person."""

from __future__ import annotations

import pytest
from django.db import transaction

from accounts.commits import after_commit


def fail(number: int) -> None:
    raise ConnectionError(f"no broker for {number}")


@pytest.mark.django_db(transaction=True)
def test_a_failure_after_the_commit_is_logged_and_goes_no_further(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[int] = []
    with transaction.atomic():
        after_commit(fail, 7)
        after_commit(done.append, 8)
        assert done == []
    after_commit(fail, 9)
    assert done == [8]
    told = [record.getMessage() for record in caplog.records]
    assert [text.rpartition("(")[2] for text in told] == ["no broker for 7).", "no broker for 9)."]
