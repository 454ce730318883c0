"""Bringing a restored person together with others again, as far as those are on this server.

Numbers differ from server to server: a note or a comment of somebody else is known by its author
and its moment. What is not here, or may not be done here, is counted as left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models

from accounts.actions import accept_request, block, follow, mute
from accounts.actions.people import is_taken
from accounts.models import (
    Block,
    Follow,
    FollowRequest,
    FormerHandle,
    Kind,
    Mute,
    Notification,
    User,
)
from feeds.actions import want_less
from feeds.archive.knowing import find_comment, find_note, moment
from feeds.archive.opening import check
from feeds.archive.restoring import Restored
from feeds.models import Less
from notes import actions
from notes.models import Board, Comment, CommentLike, Like, Note, Save


def meet_people(restored: Restored) -> None:
    """Follow, block and mute those with the same handles here, and answer to one's old ones."""
    for handle in restored.archive.profile["former_usernames"]:
        User._meta.get_field("username").run_validators(handle)
        if not is_taken(handle):
            FormerHandle.objects.create(handle=handle, user=restored.person)
    for line in restored.archive.lines("people"):
        if line["relation"] != "followed_by" and not _meet(restored.person, line):
            restored.left_out["people"] += 1


def _meet(person: User, line: dict[str, Any]) -> bool:
    other = User.objects.visible(person).filter(username=line["username"]).first()
    if other is None or other.pk == person.pk:
        return False
    since = moment(line["since"])
    if line["relation"] == "blocks":
        block(person, other)
        Block.objects.filter(blocker=person, blocked=other).update(created_at=since)
    elif line["relation"] == "mutes":
        mute(person, other)
        Mute.objects.filter(muter=person, muted=other).update(created_at=since)
    else:
        follow(person, other)
        Follow.objects.filter(follower=person, followee=other).update(created_at=since)
        FollowRequest.objects.filter(requester=person, target=other).update(created_at=since)
    return True


def let_in_again(restored: Restored) -> None:
    """Let those follow a private account who came with it and followed it before."""
    asked = restored.person.requests.filter(requester__in=restored.together)
    waiting = {each.requester.username: each.requester for each in asked}
    for line in restored.archive.lines("people"):
        requester = waiting.get(line["username"]) if line["relation"] == "followed_by" else None
        if requester:
            accept_request(restored.person, requester)
            follows = Follow.objects.filter(follower=requester, followee=restored.person)
            follows.update(created_at=moment(line["since"]))


def comment_again(everybody: Iterable[Restored]) -> None:
    """Say again what all of them said under notes that are here, in the order of before."""
    lines = [(each, line) for each in everybody for line in each.archive.lines("comments")]
    for restored, line in sorted(lines, key=lambda said: moment(said[1]["created_at"])):
        if not _comment(restored, line):
            restored.left_out["comments"] += 1


def _comment(restored: Restored, line: dict[str, Any]) -> bool:
    note = _note(restored, line)
    if note is None or note.is_draft:
        return False
    body = line["edit_body"] or line["body"]
    try:
        comment = actions.submit_comment(restored.person, note, body, _parent(restored, note, line))
    except PermissionDenied:
        return False
    edited = moment(line["edited_at"]) if line["edited_at"] else None
    dates = {"created_at": moment(line["created_at"]), "edited_at": edited}
    Comment.objects.filter(pk=comment.pk).update(**dates)
    restored.comments[line["id"]] = comment.pk
    return True


def _parent(restored: Restored, note: Note, line: dict[str, Any]) -> Comment | None:
    """What it answers; a reply to words that are not here stands by itself."""
    own = restored.comments.get(line["parent"], 0)
    found = _known_comment(restored, line, own, "parent")
    return found if found and found.note_id == note.pk else None


def _known_comment(
    restored: Restored, line: dict[str, Any], own: int, name: str = "comment"
) -> Comment | None:
    theirs = Comment.objects.filter(pk=own).first()
    return theirs or find_comment(restored.person, line, name, restored.together)


def _note(restored: Restored, line: dict[str, Any]) -> Note | None:
    own = restored.notes.get(line["note"], 0)
    theirs = Note.objects.filter(pk=own).first()
    return theirs or find_note(restored.person, line, restored.together)


def do_again(restored: Restored) -> None:
    """Like, keep and pin again what is here."""
    _make_boards(restored)
    for name, act, rows in (
        ("likes", actions.like, Like.objects),
        ("less", want_less, Less.objects),
    ):
        _each_note(restored, name, act, rows)
    for line in restored.archive.lines("saves"):
        _save(restored, line)
    _arrange_boards(restored)
    for line in restored.archive.lines("comment_likes"):
        _like_comment(restored, line)
    for line in restored.archive.lines("notes"):
        _pin(restored, line)


def _each_note(restored: Restored, name: str, act: Any, rows: models.Manager[Any]) -> None:
    """Do something once with every note of a file that is here, dated as it was."""
    reader = "reader" if rows.model is Less else "user"
    for line in restored.archive.lines(name):
        if note := _note(restored, line):
            act(restored.person, note)
            theirs = rows.filter(note=note, **{reader: restored.person})
            theirs.update(created_at=moment(line["created_at"]))
        else:
            restored.left_out[name] += 1


def _like_comment(restored: Restored, line: dict[str, Any]) -> None:
    person = restored.person
    if comment := _known_comment(restored, line, restored.comments.get(line["comment"], 0)):
        actions.like_comment(person, comment)
        likes = CommentLike.objects.filter(user=person, comment=comment)
        likes.update(created_at=moment(line["created_at"]))
    else:
        restored.left_out["comment likes"] += 1


def _make_boards(restored: Restored) -> None:
    for line in restored.archive.lines("boards"):
        person, make = restored.person, {"name": line["name"], "is_private": line["is_private"]}
        board = (
            actions.create_board(person, **make) if line["name"] else actions.default_board(person)
        )
        Board.objects.filter(pk=board.pk).update(created_at=moment(line["created_at"]))
        restored.boards[line["id"]] = board.pk


def _save(restored: Restored, line: dict[str, Any]) -> None:
    note, person = _note(restored, line), restored.person
    if note is None:
        restored.left_out["saves"] += 1
        return
    actions.save_note(person, note, actions.own_board(person, restored.boards[line["board"]]))
    check(isinstance(line["rank"], int) and line["rank"] >= 0, "A place in a board is none.")
    Save.objects.filter(user=person, note=note).update(
        rank=line["rank"], created_at=moment(line["created_at"])
    )
    restored.kept[line["note"]] = note.pk


def _arrange_boards(restored: Restored) -> None:
    actions.order_boards(restored.person, list(restored.boards.values()))
    for line in restored.archive.lines("boards"):
        board = actions.own_board(restored.person, restored.boards[line["id"]])
        cover = board.saves.filter(note=restored.kept.get(line["cover"])).first()
        if cover:
            actions.change_board(board, restored.person, cover=cover.note_id)


def _pin(restored: Restored, line: dict[str, Any]) -> None:
    pinned, note = line["pinned"], restored.notes.get(line["id"])
    if pinned is None:
        return
    comment = _known_comment(restored, pinned, restored.comments.get(pinned["comment"], 0))
    if comment and comment.note_id == note:
        Note.objects.filter(pk=note).update(pinned=comment)
    else:
        restored.left_out["pinned comments"] += 1


def leave_out(restored: Restored) -> None:
    """Count what no file can bring along, and tell nobody again of what was done long ago."""
    for name in ("notifications", "reports", "wordings", "tokens"):
        restored.left_out[name] += restored.archive.count(name)
    told = Notification.objects.filter(actor=restored.person)
    told.exclude(kind=Kind.REQUEST).delete()
