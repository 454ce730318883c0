"""Server CPU a request of pages and API, beside a bare Django view."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.actions import issue_token
from accounts.models import Scope, User
from benchmarks.server import cost_beside, report, serving
from feeds.ranking import refresh_common
from notes.models import Note


def main() -> None:
    refresh_common()
    reader = User.objects.get(username="person77")
    token = issue_token(reader, [Scope.READ])[1]
    browser = {"Cookie": _cookies(reader)}
    program = {"Authorization": f"Bearer {token}"}
    last = Note.objects.latest("pk").pk
    with serving("benchmarks.bare:application") as bare, serving("config.wsgi:application") as ours:
        for name, path, headers, goal in [
            ("explore, anonymous", "/", {}, 1.5),
            ("explore in Chinese, anonymous", "/?language=zh", {"Cookie": "language=zh-hans"}, 1.5),
            ("explore, signed in", "/explore/", browser, 3.0),
            ("home, signed in", "/", browser, 3.0),
            ("following, signed in", "/following/", browser, 3.0),
            ("note with 20 comments, anonymous", f"/notes/{last}/", {}, 5.0),
            ("note with 20 comments, signed in", f"/notes/{last}/", browser, 5.0),
            ("API explore, anonymous", "/api/v1/feeds/explore/", {}, 2.5),
            ("API home, token", "/api/v1/feeds/home/", program, 2.5),
            ("API following, token", "/api/v1/feeds/following/", program, 2.5),
            ("API note", f"/api/v1/notes/{last}/", program, None),
        ]:
            rounds, limits, size = cost_beside(ours, path, headers, bare)
            report(name, rounds, limits, size, goal)


def _cookies(reader: User) -> str:
    """What a browser sends back after its first page."""
    client = Client(SERVER_NAME="127.0.0.1")  # as whoever asks the server that is measured
    client.force_login(reader)
    UserSession.objects.get_or_create(  # as django-allauth does when somebody logs in
        session_key=client.session.session_key, defaults={"user": reader, "ip": "127.0.0.1"}
    )
    client.get("/rules/")
    return "; ".join(f"{name}={cookie.value}" for name, cookie in client.cookies.items())
