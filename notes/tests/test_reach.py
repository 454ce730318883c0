"""Where a note can be met: one table, the same for pages and API."""

from __future__ import annotations

import pytest

from notes.reach import reach_of

#  audience     state        private  link followers explore search
TABLE = [
    ("public", "published", False, (True, True, True, True)),
    ("public", "limited", False, (True, True, False, False)),
    ("public", "pending", False, (False, False, False, False)),
    ("public", "held", False, (False, False, False, False)),
    ("public", "removed", False, (False, False, False, False)),
    ("public", "draft", False, (False, False, False, False)),
    ("public", "scheduled", False, (False, False, False, False)),
    ("public", "published", True, (False, True, False, False)),
    ("public", "limited", True, (False, True, False, False)),
    ("followers", "published", False, (False, True, False, False)),
    ("followers", "limited", True, (False, True, False, False)),
    ("followers", "held", False, (False, False, False, False)),
    ("private", "published", False, (False, False, False, False)),
    ("private", "published", True, (False, False, False, False)),
]


@pytest.mark.parametrize(("audience", "state", "private", "expected"), TABLE)
def test_the_table_of_reach(
    audience: str, state: str, private: bool, expected: tuple[bool, bool, bool, bool]
) -> None:
    reach = reach_of(audience, state, private)
    assert (reach.link, reach.followers, reach.explore, reach.search) == expected
