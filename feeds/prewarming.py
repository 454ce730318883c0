"""Translating ahead of readers what rises in Explore, for those who read the other language."""

from __future__ import annotations

from accounts.models import Language
from feeds.ranking import Scope, read
from notes.actions import ask_for_translation
from notes.models import Note
from notes.translation import engines
from notes.translation.looking import Stage, look

# So many of the first are looked at, and so many asked for at a time: readers come first.
LOOKED_AT, AT_ONCE = 40, 10


def prewarm() -> int:
    """Ask for translations of what stands on top in Explore; return how many."""
    if engines.current() is None:
        return 0
    top = read(Scope(), "", 0, LOOKED_AT)[1]
    notes = {note.pk: note for note in Note.objects.recommendable().filter(pk__in=top)}
    asked = 0
    for note in filter(None, map(notes.get, top)):
        for language in Language.values:
            if asked < AT_ONCE and look(note, language).stage is Stage.UNASKED:
                ask_for_translation(note, language)
                asked += 1
    return asked
