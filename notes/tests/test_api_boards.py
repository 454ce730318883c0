"""Saving notes into boards: private and public ones, moving, naming, covers and order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.actions import follow
from accounts.models import User
from conftest import PostNote, bring_to
from moderation.models import Case
from notes.actions import create_board, order_notes, save_note
from notes.models import Board, Note, Save

Api = Callable[..., APIClient]
pytestmark = pytest.mark.django_db
BOARDS = "/api/v1/boards/"


def saved(note: Note) -> str:
    return f"/api/v1/notes/{note.pk}/save/"


def begin(client: APIClient, name: str = "Tea", **fields: Any) -> Any:
    answer = client.post(BOARDS, {"name": name} | fields)
    assert answer.status_code == 201, answer.json()
    return answer.json()


def inside(client: APIClient, board: int) -> list[str]:
    answer = client.get(f"{BOARDS}{board}/notes/")
    return [note["title"] for note in answer.json()["results"]]


def show_name(board: int) -> None:
    case = Board.objects.get(pk=board).case
    assert case is not None
    bring_to(case, "published")


def test_a_note_is_saved_once_into_the_default_board(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note, client = post_note(ann), api(mei)
    for _ in range(2):
        assert client.put(saved(note)).status_code == 204
    shown = client.get(f"/api/v1/notes/{note.pk}/").json()
    assert (shown["save_count"], shown["viewer"]["saved"]) == (1, True)
    (board,) = client.get(BOARDS).json()["results"]
    assert (board["is_default"], board["is_private"], board["note_count"]) == (True, True, 1)
    assert inside(client, board["id"]) == ["Autumn walk"]
    for _ in range(2):
        assert client.delete(saved(note)).status_code == 204
    shown = client.get(f"/api/v1/notes/{note.pk}/").json()
    assert (shown["save_count"], shown["viewer"]["saved"]) == (0, False)


def test_a_saved_note_moves_from_board_to_board(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note, client = post_note(ann), api(mei)
    tea, lakes = begin(client), begin(client, "Lakes")
    client.put(saved(note), {"board": tea["id"]})
    client.put(saved(note))
    assert (inside(client, tea["id"]), inside(client, lakes["id"])) == (["Autumn walk"], [])
    client.put(saved(note), {"board": lakes["id"]})
    assert (inside(client, tea["id"]), inside(client, lakes["id"])) == ([], ["Autumn walk"])
    note.refresh_from_db()
    assert (note.save_count, Save.objects.count()) == (1, 1)


def test_the_board_of_another_takes_nothing(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    hers = begin(api(mei))
    for board in (hers["id"], 10**15, "x", [1]):
        refused = api(ann).put(saved(post_note(ann)), {"board": board})
        assert [error["field"] for error in refused.json()["errors"]] == ["board"]
    assert Save.objects.count() == 0


def test_a_private_board_is_nobody_elses(api: Api, ann: User, mei: User) -> None:
    board = begin(api(mei), "canary", is_private=True)
    for client in (api(), api(ann)):
        for path in (f"{BOARDS}{board['id']}/", f"{BOARDS}{board['id']}/notes/"):
            assert client.get(path).status_code == 404
        assert client.get("/api/v1/users/mei/boards/").json()["results"] == []
    assert api(ann).patch(f"{BOARDS}{board['id']}/", {"name": "x"}).status_code == 404
    assert len(api(mei).get("/api/v1/users/mei/boards/").json()["results"]) == 1


def test_the_name_of_a_public_board_is_judged_before_others_see_it(
    api: Api, ann: User, mei: User
) -> None:
    board = begin(api(mei))
    address = f"{BOARDS}{board['id']}/"
    assert api(ann).get(address).status_code == 404
    show_name(board["id"])
    assert api(ann).get(address).json()["name"] == "Tea"
    api(mei).patch(address, {"name": "Worse"})
    assert api(ann).get(address).status_code == 404
    assert [case.text for case in Case.objects.pending()] == ["Worse"]


def test_a_board_made_public_is_judged_then(api: Api, mei: User) -> None:
    board = begin(api(mei), is_private=True)
    assert Case.objects.count() == 0
    api(mei).patch(f"{BOARDS}{board['id']}/", {"is_private": False})
    assert Case.objects.get().kind == "board"


def test_a_public_board_shows_each_reader_what_they_may_see(
    api: Api, ann: User, mei: User, tang: User, post_note: PostNote
) -> None:
    follow(mei, ann)
    board = begin(api(mei))
    show_name(board["id"])
    for title, audience in (("For all", "public"), ("For followers", "followers")):
        save_note(mei, post_note(ann, title, audience=audience), Board.objects.get())
    address = f"{BOARDS}{board['id']}/"
    assert inside(api(mei), board["id"]) == ["For followers", "For all"]
    assert inside(api(tang), board["id"]) == ["For all"]
    assert [api(who).get(address).json()["note_count"] for who in (mei, tang)] == [2, 1]
    covers = [api(who).get(address).json()["cover"]["id"] for who in (mei, tang)]
    newest, oldest = (note.images.get().pk for note in Note.objects.order_by("-pk"))
    assert covers == [newest, oldest]


def test_the_owner_chooses_the_cover(api: Api, ann: User, mei: User, post_note: PostNote) -> None:
    first, second, other = (post_note(ann, title) for title in ("One", "Two", "Three"))
    board = begin(api(mei))
    for note in (first, second):
        save_note(mei, note, Board.objects.get())
    address = f"{BOARDS}{board['id']}/"
    assert api(mei).get(address).json()["cover"]["id"] == second.images.get().pk
    chosen = api(mei).patch(address, {"cover": first.pk}).json()
    assert chosen["cover"]["id"] == first.images.get().pk
    refused = api(mei).patch(address, {"cover": other.pk})
    assert [error["field"] for error in refused.json()["errors"]] == ["cover"]
    api(mei).delete(saved(first))
    assert api(mei).get(address).json()["cover"]["id"] == second.images.get().pk


def test_what_is_behind_a_warning_is_no_cover(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note = post_note(ann)
    Case.objects.update(warning="self_harm")
    save_note(mei, note)
    (board,) = api(mei).get(BOARDS).json()["results"]
    assert (board["note_count"], board["cover"]) == (1, None)


def test_boards_stand_in_the_order_of_their_owner(api: Api, mei: User) -> None:
    client = api(mei)
    ids = [begin(client, name)["id"] for name in ("One", "Two", "Three")]
    assert client.put(BOARDS, {"boards": [ids[2], ids[0]]}).status_code == 204
    names = [board["name"] for board in client.get(BOARDS).json()["results"]]
    assert names == ["Three", "One", "Two"]
    paged = client.get(f"{BOARDS}?limit=2").json()
    rest = client.get(paged["next"]).json()
    assert [b["name"] for b in paged["results"] + rest["results"]] == names


def test_what_stands_in_a_board_has_the_order_of_its_owner(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    board = create_board(mei, "Tea")
    show_name(board.pk)
    one, two, three = (post_note(ann, title) for title in ("One", "Two", "Three"))
    for note in (one, two, three):
        save_note(mei, note, board)
    address, client = f"{BOARDS}{board.pk}/notes/", api(mei)
    assert inside(client, board.pk) == ["Three", "Two", "One"]
    assert client.put(address, {"notes": [one.pk, 999_999, three.pk]}).status_code == 204
    assert inside(client, board.pk) == ["One", "Three", "Two"]
    assert api(ann).put(address, {"notes": [two.pk]}).status_code == 403
    paged = api(ann).get(f"{address}?limit=2").json()
    rest = api(ann).get(paged["next"]).json()
    titles = [note["title"] for note in paged["results"] + rest["results"]]
    assert titles == ["One", "Three", "Two"]
    face = client.get(f"{BOARDS}{board.pk}/").json()["cover"]
    assert face["id"] == one.images.get().pk


def test_what_is_saved_or_moved_into_a_board_comes_first(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    tea, lakes = create_board(mei, "Tea"), create_board(mei, "Lakes")
    one, two, three = (post_note(ann, title) for title in ("One", "Two", "Three"))
    save_note(mei, one, lakes)
    for note in (two, three):
        save_note(mei, note, tea)
    order_notes(tea, mei, [two.pk])
    save_note(mei, one, tea)
    save_note(mei, two, tea)
    assert inside(api(mei), tea.pk) == ["One", "Two", "Three"]


def test_a_board_goes_with_what_was_saved_in_it(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    note, board = post_note(ann), begin(api(mei))
    save_note(mei, note, Board.objects.get())
    assert api(ann).delete(f"{BOARDS}{board['id']}/").status_code == 404
    show_name(board["id"])
    assert api(ann).delete(f"{BOARDS}{board['id']}/").status_code == 403
    assert api(mei).delete(f"{BOARDS}{board['id']}/").status_code == 204
    note.refresh_from_db()
    assert (note.save_count, Save.objects.count()) == (0, 0)


def test_the_default_board_keeps_its_name_and_stays(
    api: Api, ann: User, mei: User, post_note: PostNote
) -> None:
    save_note(mei, post_note(ann))
    address = f"{BOARDS}{Board.objects.get().pk}/"
    assert api(mei).delete(address).status_code == 400
    assert api(mei).patch(address, {"name": "Mine"}).status_code == 400
    assert api(mei).patch(address, {"is_private": False}).status_code == 200
    assert api(ann).get(address).json()["name"] == "Saved"


@pytest.mark.parametrize("name", ["", " \u200b ", "x" * 61, "a\x00b", 7.5, None, ["x"], "Tea"])
def test_a_bad_name_is_refused(api: Api, mei: User, name: Any) -> None:
    begin(api(mei))
    refused = api(mei).post(BOARDS, {"name": name})
    if name == 7.5:
        assert refused.json()["name"] == "7.5"
        return
    assert [error["field"] for error in refused.json()["errors"]] == ["name"]
    assert Board.objects.count() == 1


def test_boards_need_an_account(api: Api, ann: User, post_note: PostNote) -> None:
    assert api().get(BOARDS).status_code == 401
    assert api().post(BOARDS, {"name": "Tea"}).status_code == 401
    assert api().put(saved(post_note(ann))).status_code == 401


@pytest.mark.parametrize("path", [BOARDS, "/api/v1/users/mei/boards/", BOARDS + "{}/notes/"])
def test_more_boards_and_notes_cost_no_more(
    api: Api, ann: User, mei: User, post_note: PostNote, path: str
) -> None:
    client, costs = api(mei), []
    for total in (1, 3):
        for n in range(total):
            board = create_board(mei, f"Board {total} {n}")
            save_note(mei, post_note(ann, images=n + 1), Board.objects.first())
        client.get(path.format(board.pk))
        with CaptureQueriesContext(connection) as asked:
            found = client.get(path.format(Board.objects.earliest("pk").pk)).json()["results"]
        assert len(found) >= total
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 12
