"""The glossary: words of one culture, explained to the other."""

from __future__ import annotations

from typing import Self
from urllib.parse import quote

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Language, User
from moderation.models import VISIBLE_STATES, Case

WORD_LENGTH, MEANING_LENGTH, EXPLANATION_LENGTH = 60, 120, 600


class TermQuerySet(models.QuerySet["Term"]):
    def current(self) -> Self:
        """What the glossary says now."""
        return self.placed().filter(Q(case=None) | Q(case__state__in=VISIBLE_STATES))

    def placed(self) -> Self:
        """Approved and not retired: these hold the place of their word, even while hidden."""
        return self.filter(approved_at__isnull=False, retired_at=None)

    def waiting(self) -> Self:
        """Offered by readers, and nobody said yes or no."""
        return self.filter(approved_at=None, retired_at=None)

    def like(self, text: str) -> Self:
        """With this in the word, in a spelling or in what it means."""
        told = Q(word__icontains=text) | Q(means__icontains=text) | Q(reading__icontains=text)
        return self.filter(told | Q(spellings__icontains=text))


class Term(models.Model):
    """A word and what it means. One that replaces another leaves it in the table, retired."""

    # Folded: what addresses and uniqueness go by.
    name = models.CharField(max_length=WORD_LENGTH, editable=False)
    word = models.CharField(_("word"), max_length=WORD_LENGTH)
    spellings = ArrayField(
        models.CharField(max_length=WORD_LENGTH),
        verbose_name=_("other spellings"),
        default=list,
        blank=True,
    )
    language = models.CharField(_("language"), max_length=8, choices=Language.choices)
    reading = models.CharField(_("pinyin"), max_length=MEANING_LENGTH, blank=True)
    means = models.CharField(_("in a few words of the other language"), max_length=MEANING_LENGTH)
    text_en = models.TextField(
        _("explanation in English"), max_length=EXPLANATION_LENGTH, blank=True
    )
    text_zh = models.TextField(
        _("explanation in Chinese"), max_length=EXPLANATION_LENGTH, blank=True
    )
    # Empty for what came with Redleaf.
    offered_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("offered by")
    )
    case = models.OneToOneField(Case, models.RESTRICT, null=True, related_name="+", editable=False)
    created_at = models.DateTimeField(_("offered"), auto_now_add=True)
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    retired_at = models.DateTimeField(_("retired"), null=True, editable=False)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", editable=False
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="term_once",
                condition=Q(approved_at__isnull=False, retired_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.word

    def get_absolute_url(self) -> str:
        return f"/glossary/{quote(self.name)}/"

    def explanation(self, language: str) -> str:
        """In this language; in the other one where nobody wrote it yet."""
        first, second = (self.text_zh, self.text_en)
        return (first or second) if language == Language.CHINESE else (second or first)
