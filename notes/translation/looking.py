"""How far a translation is: what a reader is shown or told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import breaker
from accounts.models import Viewer
from moderation.models import State
from notes.contents import Content
from notes.models import Translation
from notes.translation import engines
from notes.translation.port import SERVICE
from notes.translation.shown import Shown, rows_of, shown_translation
from notes.translation.texts import is_shared, text_of


class Stage(StrEnum):
    """Where a translation stands."""

    READY = "ready"
    # Nobody asked for it, or it was given up and may be asked for again.
    UNASKED = "unasked"
    PENDING = "pending"
    # The engine failed; it is tried again.
    DELAYED = "delayed"
    WITHHELD = "withheld"
    UNSUPPORTED = "unsupported"
    # Nobody but its author may read it.
    UNSHARED = "unshared"
    # This server has no engine.
    OFF = "off"


# The engine is still to be asked.
AHEAD = {Stage.UNASKED, Stage.PENDING, Stage.DELAYED}

# Told in the place of words that will not come.
WHY_NOT: dict[Stage, Promise] = {
    Stage.OFF: _("Nobody has translated this yet, and no machine translates on this server."),
    Stage.UNSUPPORTED: _("The translation service does not know this language."),
    Stage.UNSHARED: _("A machine translates only what others can read too."),
    Stage.WITHHELD: _("The machine's words may break a rule, so they are not shown."),
}


@dataclass(frozen=True, slots=True)
class Found:
    """The stage, and the words of what is ready."""

    stage: Stage
    shown: Shown | None = None


def look(content: Content, language: str, viewer: Viewer | None = None) -> Found:
    """What there is of a text in a language, for this reader if one is named."""
    if shown := shown_translation(content, language, viewer):
        return Found(Stage.READY, shown)
    digest = text_of(content).digest
    stage = _stage_of(rows_of(content, language).filter(digest=digest).first())
    if stage in AHEAD and not is_shared(content):
        stage = Stage.UNSHARED
    return Found(stage)


def _stage_of(row: Translation | None) -> Stage:
    if row and row.case:
        return Stage.PENDING if row.case.state == State.PENDING else Stage.WITHHELD
    if row and row.problem == Translation.Problem.UNSUPPORTED:
        return Stage.UNSUPPORTED
    if engines.current() is None:
        return Stage.OFF
    if row is None or row.is_given_up:
        return Stage.UNASKED
    late = row.problem == Translation.Problem.LATE
    return Stage.DELAYED if late or breaker.is_open(SERVICE) else Stage.PENDING
