"""Every place where notes could show themselves: name → which of these this client finds there.

Each note has a word of its own for its title, which its body, comment and topic repeat.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from rest_framework.test import APIClient

from accounts.models import User
from feeds.models import Prompt
from notes.models import Board, Note, Save

Notes = Iterable[Note]
Found = set[Note]
Surface = Callable[[APIClient, Notes], Found]
Question = Callable[[APIClient, Note], bool]


def _each(question: Question) -> Surface:
    """A place that each note has to itself."""
    return lambda client, notes: {note for note in notes if question(client, note)}


def _says(path: str) -> Surface:
    """A page or a list, of one note or of many, on which the title would stand."""

    def surface(client: APIClient, notes: Notes) -> Found:
        shared = defaultdict(list)
        for note in notes:
            shared[path.format(note=note)].append(note)
        return {
            note
            for address, there in shared.items()
            for content in [client.get(address).content]
            for note in there
            if note.title.encode() in content
        }

    return surface


def _answers(path: str) -> Surface:
    """An address that is there only for whoever may see the note."""
    return _each(lambda client, note: client.get(path.format(note=note)).status_code == 200)


def _puts(path: str) -> Surface:
    return _each(lambda client, note: client.put(path.format(note=note)).status_code == 204)


def _posts(path: str) -> Surface:
    """A form of a page that works only for whoever may see the note."""

    def surface(client: APIClient, notes: Notes) -> Found:
        if client.get("/settings/profile/").status_code != 200:
            return set()
        return {note for note in notes if client.post(path.format(note=note)).status_code < 400}

    return surface


def _file(width: str) -> Surface:
    """A picture of the note, at its exact address."""

    def question(client: APIClient, note: Note) -> bool:
        answer: Any = client.get(note.images.all()[0].urls[width])
        return answer.status_code == 200 and b"".join(answer.streaming_content)[:4] == b"RIFF"

    return _each(question)


def _poster(client: APIClient, note: Note) -> bool:
    """The picture of title and cover that stands beside a shared link."""
    answer: Any = client.get(f"/notes/{note.pk}/poster.jpg")
    return answer.status_code == 200 and bool(b"".join(answer.streaming_content))


def _takes_comments(client: APIClient, note: Note) -> bool:
    answer = client.post(f"/api/v1/notes/{note.pk}/comments/", {"body": "Lovely"})
    return answer.status_code == 201


def _can_be_reported(client: APIClient, note: Note) -> bool:
    report = {"kind": "note", "id": note.pk, "reason": "other", "detail": "I do not like it"}
    return client.post("/api/v1/reports/", report).status_code == 201


def _named_in_notifications(client: APIClient, notes: Notes) -> Found:
    """Everybody here is named in the notes."""
    answer = client.get("/api/v1/notifications/")
    results = answer.json()["results"] if answer.status_code == 200 else []
    told = {result["note"] for result in results}
    return {note for note in notes if note.pk in told}


def _comment(client: APIClient, note: Note) -> bool:
    """A published comment under the note, at its own address."""
    comment, word = note.comments.order_by("pk").first(), note.title.encode()
    return comment is not None and (
        client.get(f"/api/v1/comments/{comment.pk}/").status_code == 200
        or word in client.get(f"/comments/{comment.pk}/replies/").content
        or client.get(f"/api/v1/comments/{comment.pk}/translation/?to=en").status_code == 200
        or word in client.get(f"/translation/comment/{comment.pk}/").content
        or client.put(f"/api/v1/comments/{comment.pk}/like/").status_code == 204
    )


def _topics_of(path: str) -> Surface:
    """A list of topics, one of which only this note has."""

    def surface(client: APIClient, notes: Notes) -> Found:
        results = client.get(path).json()["results"]
        names = {r.get("name", r.get("text")) for r in results if r.get("kind", "topic") == "topic"}
        return {note for note in notes if note.title in names}

    return surface


def _in_a_board(client: APIClient, notes: Notes) -> Found:
    """A public board of somebody who saved the notes while they could see them."""
    keeper = User.objects.get_or_create(username="keeper")[0]
    board = Board.objects.get_or_create(owner=keeper, name="", is_private=False)[0]
    for note in notes:
        Save.objects.get_or_create(user=keeper, note=note, board=board)
    cover = client.get(f"/api/v1/boards/{board.pk}/").json()["cover"]
    on_the_cover = {n for n in notes if any(i.key in str(cover) for i in n.images.all())}
    in_it = _says(f"/boards/{board.pk}/"), _says(f"/api/v1/boards/{board.pk}/notes/")
    return on_the_cover.union(*(surface(client, notes) for surface in in_it))


def _answers_a_question(client: APIClient, notes: Notes) -> Found:
    """The question of the week, under whose topic the notes stand."""
    fields = {"topic_en": "canary", "topic_zh": "金丝雀", "question_en": "?", "question_zh": "？"}
    prompt = Prompt.objects.get_or_create(starts_on="2026-01-05", defaults=fields)[0]
    addresses = f"/api/v1/exchange/{prompt.pk}/", f"/exchange/{prompt.pk}/"
    return set[Note]().union(*(_says(address)(client, notes) for address in addresses))


def _greeted(client: APIClient, notes: Notes) -> Found:
    """First notes for volunteers; whoever is here offered to greet and reads Chinese."""
    User.objects.update(greets_newcomers=True, ui_language="zh-hans")
    return _says("/api/v1/exchange/greetings/")(client, notes)


def _embeds(client: APIClient, note: Note) -> bool:
    return client.get("/oembed/", {"url": f"/notes/{note.pk}/"}).status_code == 200


SURFACES: dict[str, Surface] = {
    "greetings": _greeted,  # before anybody here has commented
    "api note": _answers("/api/v1/notes/{note.pk}/"),
    "api comments": _answers("/api/v1/notes/{note.pk}/comments/"),
    "api like": _puts("/api/v1/notes/{note.pk}/like/"),
    "api new comment": _each(_takes_comments),
    "api profile notes": _says("/api/v1/users/{note.author.username}/notes/"),
    "api following": _says("/api/v1/feeds/following/"),
    "api home": _says("/api/v1/feeds/home/?limit=50"),
    "api explore": _says("/api/v1/feeds/explore/"),
    "api explore language": _says("/api/v1/feeds/explore/?language=en"),
    "api explore topic": _says("/api/v1/feeds/explore/?topic=canary"),
    "api history": _answers("/api/v1/notes/{note.pk}/history/"),
    "api save": _puts("/api/v1/notes/{note.pk}/save/"),
    "api translation": _answers("/api/v1/notes/{note.pk}/translation/?to=en"),
    "page translation": _says("/translation/note/{note.pk}/"),
    "api board notes": _in_a_board,
    "api comment": _each(_comment),
    "api topics": _topics_of("/api/v1/topics/?q=canary&limit=50"),
    "api topic": _answers("/api/v1/topics/{note.title}/"),
    "api notifications": _named_in_notifications,
    "api search": _says("/api/v1/search/?q=body"),
    "api search topics": _topics_of("/api/v1/search/?type=topics&q=canary&limit=50"),
    "api suggestions": _topics_of("/api/v1/search/suggest/?q=canary0"),
    "page search": _says("/search/?q=body"),
    "exchange": _answers_a_question,
    "oembed": _each(_embeds),
    "poster": _each(_poster),
    "image file": _file("360"),
    "large image file": _file("1440"),
    "page note": _says("/notes/{note.pk}/"),
    "page comments": _says("/notes/{note.pk}/comments/"),
    "page like": _posts("/notes/{note.pk}/like/"),
    "page save": _posts("/notes/{note.pk}/save/"),
    "page edit": _says("/notes/{note.pk}/edit/"),
    "page drafts": _says("/drafts/"),
    "page notifications": _says("/notifications/"),
    "page history": _says("/notes/{note.pk}/history/"),
    "page related": _answers("/notes/{note.pk}/related/"),
    "page likes": _says("/@{note.author.username}/likes/"),
    "page explore": _says("/"),
    "page explore language": _says("/?language=en"),
    "page following": _says("/following/"),
    "page topic": _says("/topics/canary/"),
    "page profile": _says("/@{note.author.username}/"),
    "api report": _each(_can_be_reported),  # last: a report lets moderators look
}
