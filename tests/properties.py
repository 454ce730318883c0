"""Properties: a few examples as a rule, the same ones each time; many new with REDLEAF_EXAMPLES."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("REDLEAF_EXAMPLES", "25"))
# A failure on one machine is a failure on every other, unless somebody looks for new ones.
TRY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="REDLEAF_EXAMPLES" not in os.environ,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# What people write in both languages, and what breaks those who read it.
PIECES = (
    "tea", "Café", "ＴＥＡ", "红叶", "臺灣", "か\u3099", "e\u0301", "\u1100\u1161", "🍁",
    "\U0001f468\u200d\U0001f467", "مرحبا", "#tea", "＃红叶", "#", "@ann", "＠mei", "@", "#1", "a#b",
    "a@b.com", "https://example.org/#x?u=@ann", " ", "\n", "\r\n", "\t", "\u3000", "\u200b",
    "\ufeff", "\u202e", "。", "！", "...", ",", "<b>", "&amp;", "{0}", "{1}", "ß", "ﬃ", "\ufdfa",
)  # fmt: skip
WRITTEN = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join)
