"""What people write, as it is stored: in one form, without what nobody means to send."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Control characters but for tab and new line; and halves of surrogate pairs.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\u3164\ufeff]+")


def has_forbidden(text: str) -> bool:
    """Whether a text holds characters that no writer means to send."""
    return bool(_FORBIDDEN.search(text))


def refused(field: str, message: str, code: str = "invalid", **numbers: int) -> ValidationError:
    """A refusal that names its field and keeps its code, which a dictionary of words would lose."""
    return ValidationError({field: ValidationError(message, code, numbers)})


def clean(text: str) -> str:
    """NFC, one kind of line end, no space around; a text of nothing but invisibles is empty."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.strip() if _INVISIBLE.sub("", text) else ""


def checked(field: str, text: str, longest: int) -> str:
    """Return the text as it is stored. Raises ValidationError naming the field."""
    if has_forbidden(text):
        raise ValidationError({field: _("The text holds characters that cannot be shown.")})
    text = clean(text)
    if len(text) > longest:
        message = _("At most %(longest)s characters; these are %(length)s.")
        raise refused(field, message, "max_length", longest=longest, length=len(text))
    return text


def folded(text: str) -> str:
    """One spelling for every case and width, to compare by."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def whole_number(text: str) -> int | None:
    """Read a positive number that a row could have as its id; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


def normalized_address(email: str) -> str:
    """An e-mail address in one spelling for every case and width."""
    return unicodedata.normalize("NFKC", email).strip().lower()
