"""Commands of the feeds with arguments that are wrong, missing or too much: named, and no harm."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from feeds import store, timelines


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("evaluate_ranking", []),
        ("evaluate_ranking", ["train", "users", "out"]),
        ("evaluate_ranking", ["train", "users", "out", "0"]),
        ("evaluate_ranking", ["train", "users", "out", "-3"]),
        ("evaluate_ranking", ["train", "users", "out", "many"]),
        ("evaluate_bridging", ["votes"]),
        ("learn", []),
        ("learn", ["everything"]),
        ("index_search", ["cats"]),
        ("import_export", []),
    ],
)
def test_wrong_arguments_are_refused(name: str, arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command(name, *arguments)


@pytest.mark.parametrize("name", ["evaluate_ranking", "evaluate_bridging"])
def test_a_file_that_is_not_there_is_named(name: str, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("")
    more = [tmp_path / "out", "5"] if name == "evaluate_ranking" else []
    with pytest.raises(CommandError, match="nowhere"):
        call_command(name, tmp_path / "nowhere", there, *more)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    votes = tmp_path / "votes"
    votes.write_text("tea\t1\tn1\t1\n")
    with pytest.raises(CommandError, match="nowhere"):
        call_command("evaluate_bridging", votes, tmp_path / "nowhere" / "out")


def test_a_new_handle_is_for_one_person(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="one file"):
        call_command("import_export", tmp_path / "a.zip", tmp_path / "b.zip", username="ann")


@pytest.mark.django_db
class TestRebuildTimelines:
    """manage.py rebuild_timelines"""

    def rebuilt(self, *names: str) -> str:
        out = StringIO()
        call_command("rebuild_timelines", *names, stdout=out)
        return out.getvalue().strip()

    def test_of_these_people(self, ann: User, mei: User) -> None:
        assert self.rebuilt("ann", "nobody") == "1 timelines made anew"
        key = timelines.key_of(ann.pk, ann.following_version)
        assert store.client.lrange(key, 0, -1) == [timelines.END]
        assert not store.client.exists(timelines.key_of(mei.pk, mei.following_version))

    def test_of_all_whose_timeline_exists(self, ann: User, mei: User) -> None:
        assert self.rebuilt() == "0 timelines made anew"
        timelines.read(mei, None, 10)
        assert self.rebuilt() == "1 timelines made anew"
