"""What the OpenAPI document says beyond the views: refusals, headers, examples."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from config.examples import EXAMPLES

PROBLEM = "application/problem+json"
REF = {"$ref": "#/components/schemas/Problem"}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "A refusal (RFC 9457). `errors` is there for 400 alone.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "detail"],
                "properties": {
                    "field": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
MEANINGS = {
    400: "Something that was sent cannot be accepted; `errors` names each field.",
    401: "There is no token, or it is not valid.",
    403: "Known, but not yours to do; or the token has no such scope.",
    404: "There is nothing, or nothing you may know of.",
    406: "Only JSON is spoken here.",
    409: "It changed at the same moment, or the Idempotency-Key was used with another body.",
    412: "It was changed since you read the version that If-Match names.",
    413: "The body is too large.",
    415: "The body is of another type.",
    429: "Too many requests; `Retry-After` says in how many seconds to come back.",
    503: "We will be back in a moment; `Retry-After` says when to try again.",
}
RETRY = {"Retry-After": {"schema": {"type": "integer"}, "description": "In seconds."}}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "The same key and body within 24 hours get the first answer again.",
}


def complete(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add to the document what every view has in common."""
    schemas = result["components"]["schemas"]
    schemas["Problem"] = SCHEMA
    for name, example in EXAMPLES.items():
        schemas[name]["examples"] = [example]
    for path, item in result["paths"].items():
        for method, operation in item.items():
            _complete_operation(operation, method, path)
    return result


def _complete_operation(operation: dict[str, Any], method: str, path: str) -> None:
    parameters = operation.setdefault("parameters", [])
    if method == "post":
        parameters.append(KEY)
    has_match = any(parameter["name"] == "If-Match" for parameter in parameters)
    codes = [400, 401, 403, 406, 429, 503]
    codes += [404] if "{" in path else []
    codes += [409] if method in ("post", "put", "patch", "delete") else []
    codes += [412] if has_match else []
    codes += [413, 415] if "requestBody" in operation or method == "post" else []
    # What a view declares by itself has the same shape as all others.
    codes += [int(code) for code in operation["responses"] if int(code) in MEANINGS]
    for code in sorted(set(codes)):
        operation["responses"][str(code)] = _refusal(code)


def _refusal(code: int) -> dict[str, Any]:
    example = {
        "type": "about:blank",
        "title": HTTPStatus(code).phrase,
        "status": code,
        "detail": MEANINGS[code],
    }
    refusal: dict[str, Any] = {
        "description": MEANINGS[code],
        "content": {PROBLEM: {"schema": REF, "example": example}},
    }
    return refusal | ({"headers": RETRY} if code in (429, 503) else {})
