"""Terms and sources of a home in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TERMS: dict[str, Promise] = {
    "liked": _("How often readers like it"),
    "talked": _("How often readers open it or comment"),
    "topic": _("How much you like its topic"),
    "chosen": _("You follow its topic"),
    "taste": _("People with your taste like it"),
    "followed": _("You follow its author"),
    "language": _("It is in a language you read"),
    "bridging": _("Readers who often disagree both like it, among notes of its kind"),
    "consensus": _("Readers who often disagree both like it"),
    "one_sided": _("It pleases one side and displeases the other"),
    "disliked": _("How often readers ask for less of it"),
    "tension": _("Its words are tense"),
    "fresh": _("Hardly anybody has seen it yet"),
    "age": _("How old it is"),
    "variety": _("Moved down: for variety, because you saw it, or until its next readers"),
    "fresh_place": _("A place that is kept for new voices"),
    "bridge_place": _("A place that is kept for the other language"),
}
PLACES: dict[str, Promise] = {
    "fresh": _("A new voice: every note gets its first readers."),
    "bridge": _("From people who write the other language."),
}
SOURCES: dict[str, Promise] = {
    "followed": _("Because you follow its author."),
    "taste": _("People with your taste like it."),
    "near": _("People who like what you liked also like this."),
    "topic": _("Because you follow its topic."),
    "explore": _("Many readers like it at the moment."),
    "fresh": _("A new voice: every note gets its first readers."),
    "": _("You found it by yourself; this is what it would be worth in your home."),
}
STRONG: dict[str, Promise] = {
    "bridging": _("Readers of both sides like it."),
    "chosen": _("Because you follow its topic."),
    "topic": _("Because you often like its topic."),
}
