"""People as Redleaf meets them: with a token, with a browser, or with nothing at all."""

from __future__ import annotations

import re
import secrets
import time
from html.parser import HTMLParser
from typing import Any

import httpx

from tests.journey.photos import small_photo

PASSWORD = "maple-leaf-in-autumn"
API = "/api/v1"
PATIENCE = 40
NOTE_LINK = re.compile(r'href="/notes/(\d+)/"')


class Visitor:
    """Somebody who only looks, over the API and at the pages."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=PATIENCE, follow_redirects=True)

    def note_status(self, note: int) -> int:
        return self.http.get(f"{API}/notes/{note}/").status_code

    def page_status(self, note: int) -> int:
        return self.http.get(f"/notes/{note}/").status_code

    def feed(self, name: str) -> list[int]:
        answer = self.http.get(f"{API}/feeds/{name}/", params={"limit": 50})
        assert answer.status_code == 200, answer.text
        return [note["id"] for note in answer.json()["results"]]

    def notes_of(self, username: str) -> list[int]:
        answer = self.http.get(f"{API}/users/{username}/notes/").json()
        return [note["id"] for note in answer["results"]]

    def page(self, path: str) -> list[int]:
        """The notes that a page links to, in its order."""
        answer = self.http.get(path)
        assert answer.status_code == 200, path
        return [int(pk) for pk in dict.fromkeys(NOTE_LINK.findall(answer.text))]

    def everywhere(self, note: int, author: str) -> set[str]:
        """Where this visitor finds a note, or a trace of it."""
        found = {
            "API": self.note_status(note) == 200,
            "page": self.page_status(note) == 200,
            "explore": note in self.feed("explore"),
            "explore page": note in self.page("/"),
            "profile": note in self.notes_of(author),
            "profile page": note in self.page(f"/@{author}/"),
        }
        return {place for place, is_there in found.items() if is_there}


class Person(Visitor):
    """Somebody who has just joined, with a token."""

    def __init__(self, url: str, name: str, language: str = "en") -> None:
        super().__init__(url)
        self.url = url
        self.username = f"{name}_{secrets.token_hex(3)}"
        joining = {
            "username": self.username,
            "email": f"{self.username}@example.org",
            "password": PASSWORD,
            "languages": [language],
        }
        joined = self.http.post(f"{API}/auth/register/", json=joining)
        assert joined.status_code == 201, joined.text
        self.http.headers["Authorization"] = f"Bearer {joined.json()['token']}"

    def follow(self, other: Person) -> None:
        answer = self.http.put(f"{API}/users/{other.username}/follow/")
        assert answer.status_code == 204, answer.text

    def upload(self, photo: bytes, alt: str = "Maple leaves on a wet path") -> dict[str, Any]:
        file = {"file": ("leaf.jpg", photo, "image/jpeg")}
        answer = self.http.post(f"{API}/images/", files=file, data={"alt": alt})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def post(self, title: str, body: str = "", images: list[int] | None = None) -> dict[str, Any]:
        pictures = images or [self.upload(small_photo())["id"]]
        note = {"title": title, "body": body, "images": pictures}
        answer = self.http.post(f"{API}/notes/", json=note)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def board(self, name: str, notes: list[int]) -> int:
        """Begin a board with these notes, the last one first."""
        begun = self.http.post(f"{API}/boards/", json={"name": name, "is_private": True})
        assert begun.status_code == 201, begun.text
        board = int(begun.json()["id"])
        for note in notes:
            self.save(note, board)
        return board

    def save(self, note: int, board: int) -> None:
        saved = self.http.put(f"{API}/notes/{note}/save/", json={"board": board})
        assert saved.status_code == 204, saved.text

    def read(self, note: int) -> dict[str, Any]:
        answer = self.http.get(f"{API}/notes/{note}/")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def state(self, note: int) -> str:
        return str(self.read(note)["state"])

    def image(self, pk: int) -> dict[str, Any]:
        return dict(self.http.get(f"{API}/images/{pk}/").json())

    def decisions(self) -> list[dict[str, Any]]:
        return list(self.http.get(f"{API}/decisions/").json()["results"])

    def browser(self) -> Visitor:
        """The same person at the pages, logged in through the form; close its `http`."""
        visitor = Visitor(self.url)
        page = visitor.http.get("/accounts/login/")
        form = hidden_fields(page.text) | {"login": self.username, "password": PASSWORD}
        answer = visitor.http.post("/accounts/login/", data=form, headers=referer(page))
        assert "sessionid" in visitor.http.cookies, answer.text
        return visitor


class _HiddenFields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = dict(attrs)
        name = of.get("name")
        if tag == "input" and of.get("type") == "hidden" and name:
            self.fields[name] = of.get("value") or ""


def hidden_fields(html: str) -> dict[str, str]:
    """What a form carries without showing it, its CSRF token above all."""
    parser = _HiddenFields()
    parser.feed(html)
    return parser.fields


def referer(page: httpx.Response) -> dict[str, str]:
    return {"Referer": str(page.url)}


class Stopwatch:
    """Times each request of a person and keeps the longest."""

    def __init__(self, person: Visitor) -> None:
        self.person = person
        self.seconds: list[tuple[float, str]] = []

    def __enter__(self) -> Stopwatch:
        self.person.http.event_hooks = {"request": [self._begin], "response": [self._end]}
        return self

    def __exit__(self, *_: object) -> None:
        self.person.http.event_hooks = {}

    def _begin(self, request: httpx.Request) -> None:
        request.extensions["begun"] = time.monotonic()

    def _end(self, response: httpx.Response) -> None:
        request = response.request
        passed = time.monotonic() - request.extensions["begun"]
        self.seconds.append((passed, f"{request.method} {request.url.path}"))
        print(f"\n  {request.method} {request.url.path}: {passed:.2f} s", end="")
