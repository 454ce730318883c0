"""How the API reads, writes and pages: JSON only, strict UTF-8, cursors nobody makes up."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import IO, Any, cast
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import orjson
from django.conf import settings
from django.core import signing
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from accounts.words import whole_number

DEEPEST = 20
_signer = signing.Signer(salt="list")


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

    def encode_cursor(self, cursor: Any) -> str:
        url = urlsplit(super().encode_cursor(cursor))
        query = dict(parse_qsl(url.query))
        query[self.cursor_query_param] = _signer.sign(query[self.cursor_query_param])
        return urlunsplit(url._replace(query=urlencode(query)))

    def decode_cursor(self, request: Any) -> Any:
        encoded = request.query_params.get(self.cursor_query_param)
        if encoded is None:
            return None
        try:
            ours = {self.cursor_query_param: _signer.unsign(encoded)}
        except signing.BadSignature:
            raise ValidationError({"cursor": _("This cursor is not valid.")}, "invalid") from None
        return super().decode_cursor(cast("Request", SimpleNamespace(query_params=ours)))


def page_size_of(query: Mapping[str, str]) -> int:
    """Read ?limit=, 1 to 50. Raises ValidationError for anything else."""
    limit = query.get("limit", "20")
    number = whole_number(limit)
    if number is None or not 1 <= number <= 50:
        raise ValidationError({"limit": _("Use a number from 1 to 50.")}, code="invalid")
    return number
