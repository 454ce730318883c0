"""Every place where a note could show itself: name → whether this client finds the note there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rest_framework.test import APIClient

from accounts.models import User
from feeds.models import Prompt
from notes.models import Board, Note, Save

Surface = Callable[[APIClient, Note], bool]


def _ids(path: str) -> Surface:
    """A list of the API that would hold the note."""

    def surface(client: APIClient, note: Note) -> bool:
        answer = client.get(path.format(note=note))
        results = answer.json()["results"] if answer.status_code == 200 else []
        return note.pk in [result["id"] for result in results]

    return surface


def _answers(path: str) -> Surface:
    """An address that is there only for whoever may see the note."""

    def surface(client: APIClient, note: Note) -> bool:
        return client.get(path.format(note=note)).status_code == 200

    return surface


def _file(width: str) -> Surface:
    """A picture of the note, at its exact address."""

    def surface(client: APIClient, note: Note) -> bool:
        answer: Any = client.get(note.images.all()[0].urls[width])
        if answer.status_code != 200:
            return False
        return b"".join(answer.streaming_content)[:4] == b"RIFF"

    return surface


def _poster(client: APIClient, note: Note) -> bool:
    """The picture of title and cover that stands beside a shared link."""
    answer: Any = client.get(f"/notes/{note.pk}/poster.jpg")
    return answer.status_code == 200 and bool(b"".join(answer.streaming_content))


def _says(path: str) -> Surface:
    """A page on which the title would stand."""

    def surface(client: APIClient, note: Note) -> bool:
        return b"canary-title" in client.get(path.format(note=note)).content

    return surface


def _counts(client: APIClient, note: Note) -> bool:
    answer = client.get(f"/api/v1/users/{note.author.username}/")
    return bool(answer.json().get("note_count"))


def _likes(client: APIClient, note: Note) -> bool:
    return client.put(f"/api/v1/notes/{note.pk}/like/").status_code == 204


def _takes_comments(client: APIClient, note: Note) -> bool:
    answer = client.post(f"/api/v1/notes/{note.pk}/comments/", {"body": "Lovely"})
    return answer.status_code == 201


def _named_in_notifications(client: APIClient, note: Note) -> bool:
    """Everybody here is named in the note."""
    answer = client.get("/api/v1/notifications/")
    results = answer.json()["results"] if answer.status_code == 200 else []
    return note.pk in [result["note"] for result in results]


def _waits_in_the_menu(client: APIClient, note: Note) -> bool:
    """The dot in the menu: being named in this note is all the news that anybody has."""
    return b'class="unread"' in client.get("/notifications/unread/").content


def _comment(client: APIClient, note: Note) -> bool:
    """A published comment under the note, at its own address."""
    comment = note.comments.order_by("pk").first()
    return comment is not None and (
        client.get(f"/api/v1/comments/{comment.pk}/").status_code == 200
        or b"canary-comment" in client.get(f"/comments/{comment.pk}/replies/").content
        or client.get(f"/api/v1/comments/{comment.pk}/translation/?to=en").status_code == 200
        or b"canary-comment" in client.get(f"/translation/comment/{comment.pk}/").content
        or client.put(f"/api/v1/comments/{comment.pk}/like/").status_code == 204
    )


def _topics(client: APIClient, note: Note) -> bool:
    return bool(client.get("/api/v1/topics/?q=canary").json()["results"])


def _posts(path: str) -> Surface:
    """A form of a page that works only for whoever may see the note."""

    def surface(client: APIClient, note: Note) -> bool:
        signed_in = client.get("/settings/profile/").status_code == 200
        return signed_in and client.post(path.format(note=note)).status_code < 400

    return surface


def _saves(client: APIClient, note: Note) -> bool:
    return client.put(f"/api/v1/notes/{note.pk}/save/").status_code == 204


def _in_a_board(client: APIClient, note: Note) -> bool:
    """A public board of somebody who saved the note while they could see it."""
    keeper = User.objects.get_or_create(username="keeper")[0]
    board = Board.objects.get_or_create(owner=keeper, name="", is_private=False)[0]
    Save.objects.get_or_create(user=keeper, note=note, board=board)
    page = client.get(f"/boards/{board.pk}/").content
    answer = client.get(f"/api/v1/boards/{board.pk}/notes/").json()["results"]
    face = client.get(f"/api/v1/boards/{board.pk}/").json()
    told = [b"canary-title" in page, bool(answer), bool(face["note_count"]), bool(face["cover"])]
    return any(told)


def _found(path: str, *kinds: str) -> Surface:
    """What is found under the words of the note: itself, or its topic."""

    def surface(client: APIClient, note: Note) -> bool:
        results = client.get(path).json()["results"]
        return bool([r for r in results if not kinds or r.get("kind") in kinds])

    return surface


def _answers_a_question(client: APIClient, note: Note) -> bool:
    """The question of the week, under whose topic the note stands."""
    fields = {"topic_en": "canary", "topic_zh": "金丝雀", "question_en": "?", "question_zh": "？"}
    prompt = Prompt.objects.get_or_create(starts_on="2026-01-05", defaults=fields)[0]
    told = client.get(f"/api/v1/exchange/{prompt.pk}/").json()
    page = client.get(f"/exchange/{prompt.pk}/").content
    return bool(told["pairs"] or told["alone"]) or b"canary-title" in page


def _greeted(client: APIClient, note: Note) -> bool:
    """First notes for volunteers; whoever is here offered to greet and reads Chinese."""
    User.objects.update(greets_newcomers=True, ui_language="zh-hans")
    answer = client.get("/api/v1/exchange/greetings/")
    results = answer.json()["results"] if answer.status_code == 200 else []
    return note.pk in [result["id"] for result in results]


def _embeds(client: APIClient, note: Note) -> bool:
    return client.get("/oembed/", {"url": f"/notes/{note.pk}/"}).status_code == 200


SURFACES: dict[str, Surface] = {
    "greetings": _greeted,  # before anybody here has commented
    "api note": _answers("/api/v1/notes/{note.pk}/"),
    "api comments": _answers("/api/v1/notes/{note.pk}/comments/"),
    "api like": _likes,
    "api new comment": _takes_comments,
    "api profile notes": _ids("/api/v1/users/{note.author.username}/notes/"),
    "api profile count": _counts,
    "api following": _ids("/api/v1/feeds/following/"),
    "api explore": _ids("/api/v1/feeds/explore/"),
    "api explore language": _ids("/api/v1/feeds/explore/?language=en"),
    "api explore topic": _ids("/api/v1/feeds/explore/?topic=canary"),
    "api history": _answers("/api/v1/notes/{note.pk}/history/"),
    "api save": _saves,
    "api translation": _answers("/api/v1/notes/{note.pk}/translation/?to=en"),
    "page translation": _says("/translation/note/{note.pk}/"),
    "api board notes": _in_a_board,
    "api comment": _comment,
    "api topics": _topics,
    "api topic": _answers("/api/v1/topics/canary/"),
    "api notifications": _named_in_notifications,
    "api search": _found("/api/v1/search/?q=body"),
    "api search topics": _found("/api/v1/search/?q=canary&type=topics"),
    "api suggestions": _found("/api/v1/search/suggest/?q=cana", "topic"),
    "page search": _says("/search/?q=body"),
    "exchange": _answers_a_question,
    "oembed": _embeds,
    "poster": _poster,
    "image file": _file("360"),
    "large image file": _file("1440"),
    "page note": _says("/notes/{note.pk}/"),
    "page comments": _says("/notes/{note.pk}/comments/"),
    "page like": _posts("/notes/{note.pk}/like/"),
    "page save": _posts("/notes/{note.pk}/save/"),
    "page edit": _says("/notes/{note.pk}/edit/"),
    "page drafts": _says("/drafts/"),
    "dot in the menu": _waits_in_the_menu,
    "page notifications": _says("/notifications/"),
    "page history": _says("/notes/{note.pk}/history/"),
    "page related": _answers("/notes/{note.pk}/related/"),
    "page likes": _says("/@{note.author.username}/likes/"),
    "page explore": _says("/"),
    "page explore language": _says("/?language=en"),
    "page following": _says("/following/"),
    "page topic": _says("/topics/canary/"),
    "page profile": _says("/@{note.author.username}/"),
}
