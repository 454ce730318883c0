"""Redleaf's own small set of pictures, one `symbol` each in `static/img/icons.svg`.

They stand in the page itself: no request comes before they are seen, and compressed the same
picture twice weighs next to nothing.
"""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings

_SYMBOL = re.compile(r'<symbol id="([\w-]+)" viewBox="0 0 24 24">(.+)</symbol>')


@cache
def drawings() -> dict[str, str]:
    """What is drawn for each name, on 24 by 24 units."""
    sprite = settings.BASE_DIR / "static" / "img" / "icons.svg"
    return dict(_SYMBOL.findall(sprite.read_text(encoding="utf-8")))
