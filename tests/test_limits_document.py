"""docs/limits.md says what the code does."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.conf import settings

from accounts import forgetting, idempotency, limits
from accounts.actions import between, leaving, people
from accounts.models import Export, Token, User
from config import api
from feeds.search import actions as searches
from feeds.search import finding, terms
from launcher.datadir import ROOT
from moderation.models import appeals, reports
from notes import parsing, saving, serializers
from notes.actions import glossary, notes
from notes.models import ALT_LENGTH, BOARD_LENGTH, COMMENT_LENGTH, MOST_BOARDS, MOST_IMAGES
from notes.words import LONGEST

ROW = re.compile(r"^\| ([^|]+?) \| ([\d,]+) \|$", re.MULTILINE)
A_DAY, AN_HOUR, A_MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def rate(name: str, of: str) -> int:
    """The number in a rate such as `100/15m/ip`."""
    (found,) = re.findall(rf"(\d+)/15m/{of}", settings.ACCOUNT_RATE_LIMITS[name])
    return int(found)


def ordered_at_once() -> int:
    """What a page and both lists of the API take in one call: the same number."""
    lists = (serializers.BoardOrderSerializer, serializers.BoardNotesOrderSerializer)
    fields = [field for each in lists for field in each().fields.values()]
    (most,) = {saving.MOST_ARRANGED, *(field.max_length for field in fields)}  # type: ignore[attr-defined]
    return int(most)


def length(model: type[User] | type[Token], field: str) -> int:
    column: Any = model._meta.get_field(field)
    return int(column.max_length)


def body_of_nginx() -> int:
    (found,) = re.findall(r"client_max_body_size (\d+)m;", (ROOT / "deploy/nginx.conf").read_text())
    return int(found)


def in_code() -> dict[str, float]:
    return {
        "title of a note, characters": LONGEST["title"],
        "text of a note, characters": LONGEST["body"],
        "place of a note, characters": LONGEST["place"],
        "description of a picture, characters": ALT_LENGTH,
        "topics of a note": parsing.MOST_TOPICS,
        "a topic, characters": parsing.LONGEST_TOPIC,
        "people mentioned in a note": parsing.MOST_MENTIONS,
        "a comment, characters": COMMENT_LENGTH,
        "a name, characters": people.LONGEST["display_name"],
        "a bio, characters": people.LONGEST["bio"],
        "a handle, of `a-z 0-9 _`, at least 3 characters": length(User, "username"),
        "changes of a handle in 30 days": people.HANDLES_A_PERIOD,
        "name of a board, characters": BOARD_LENGTH,
        "name of a token, characters": length(Token, "name"),
        "a muted word, characters": between.WORD_LENGTH,
        "an appeal, characters": appeals.APPEAL_LENGTH,
        "words with a report, characters": reports.DETAIL_LENGTH,
        "a search, characters that are read": terms.LONGEST,
        "pictures of a note": MOST_IMAGES,
        "a picture, MB": settings.IMAGE_MAX_BYTES / 2**20,
        "a picture, megapixels": settings.IMAGE_MAX_PIXELS / 1e6,
        "pictures of a person": settings.IMAGE_QUOTA_COUNT,
        "pictures of a person, GB": settings.IMAGE_QUOTA_BYTES / 2**30,
        "drafts": notes.MOST_DRAFTS,
        "boards": MOST_BOARDS,
        "notes or boards put in order by one call": ordered_at_once(),
        "muted words": between.MOST_WORDS,
        "results on a page of a list": api.StableCursorPagination.max_page_size or 0,
        "hits of a search": finding.LOOKED_AT,
        "searches that are remembered": searches.KEPT,
        "offers for the glossary that wait": glossary.MOST_WAITING,
        "JSON, kB": settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1000,
        "a body with files behind our nginx, MB": body_of_nginx(),
        "JSON, levels": api.DEEPEST,
        "Idempotency-Key, characters": idempotency.LONGEST_KEY,
        "reading a minute, with one token": settings.RATE_READS,
        "writing a minute, with one token": settings.RATE_WRITES,
        "new translations asked for a minute": settings.RATE_TRANSLATIONS,
        "as many times as much for one address": limits.SHARED,
        "wrong passwords of one account in 15 minutes": rate("login_failed", "key"),
        "wrong passwords from one address in 15 minutes": rate("login_failed", "ip"),
        "people who join in a minute; more get a turn": settings.SIGNUPS_PER_MINUTE,
        "a link to an export, hours": Export.KEPT_FOR / AN_HOUR,
        "a link to a new password, minutes": settings.PASSWORD_RESET_TIMEOUT / 60,
        "a link to confirm an address, days": settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS,
        "two who join with one address over the API, minutes apart": people.SOON / A_MINUTE,
        "the way back after leaving, days": leaving.GRACE / A_DAY,
        "a token, days": people.TOKEN_LIFETIME / A_DAY,
        "addresses from which somebody came, days": forgetting.ADDRESSES_KEPT_FOR / A_DAY,
    }


def test_every_limit_in_the_document_is_the_one_in_the_code() -> None:
    told = ROW.findall((ROOT / "docs" / "limits.md").read_text())
    assert {what: int(most.replace(",", "")) for what, most in told} == in_code()
