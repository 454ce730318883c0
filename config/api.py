"""How the API reads, writes and pages: JSON only, strict UTF-8, cursors nobody makes up."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping
from typing import IO, Any
from urllib.parse import parse_qs

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

DEEPEST = 20


class OrjsonRenderer(BaseRenderer):
    """JSON by orjson; lazy translations become text."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, media_type: str | None = None, context: Any = None) -> bytes:
        if data is None:
            return b""
        return orjson.dumps(data, default=_plain, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, list | set) else str(value)


class StrictJSONParser(BaseParser):
    """JSON of at most 20 levels."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, context: Any = None) -> Any:
        body = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        try:
            data = orjson.loads(body)
        except (orjson.JSONDecodeError, RecursionError):
            raise ParseError(_("The body is not valid JSON in UTF-8.")) from None
        if not isinstance(data, dict) or _depth(data) > DEEPEST:
            raise ParseError(_("The body must be a JSON object of at most 20 levels."))
        return data


def _depth(data: Any) -> int:
    depth, level = 0, [data]
    while level:
        depth += 1
        inner = [list(v.values()) if isinstance(v, dict) else v for v in level]
        level = [x for v in inner if isinstance(v, list) for x in v if isinstance(x, dict | list)]
    return depth


class StableCursorPagination(CursorPagination):
    """Newest first by id, 1 to 50 a page; a cursor that was changed is a 400."""

    page_size = 20
    page_size_query_param = "limit"
    max_page_size = 50
    ordering = "-id"

    def get_page_size(self, request: Any) -> int:
        return page_size_of(request.query_params)

    def decode_cursor(self, request: Any) -> Any:
        encoded = request.query_params.get(self.cursor_query_param)
        if encoded is not None and not _is_position(encoded):
            raise ValidationError({"cursor": _("This cursor is not valid.")}, code="invalid")
        return super().decode_cursor(request)


def _is_position(encoded: str) -> bool:
    """Whether a cursor is one of ours: its position is the id of a row."""
    try:
        tokens = parse_qs(b64decode(encoded.encode("ascii"), validate=True).decode("ascii"))
        offset, position = int(tokens.get("o", ["0"])[0]), tokens.get("p", ["0"])[0]
    except (ValueError, binascii.Error):
        return False
    return tokens.keys() <= {"o", "r", "p"} and 0 <= offset <= 1000 and position.isdecimal()


def page_size_of(query: Mapping[str, str]) -> int:
    """Read ?limit=, 1 to 50. Raises ValidationError for anything else."""
    limit = query.get("limit", "20")
    if not (limit.isascii() and limit.isdecimal() and 1 <= int(limit) <= 50):
        raise ValidationError({"limit": _("Use a number from 1 to 50.")}, code="invalid")
    return int(limit)
