"""The weekly question."""

from __future__ import annotations

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Language
from notes.parsing import LONGEST_TOPIC, fold_topic, is_topic

QUESTION_LENGTH = 120


def _check_topic(name: str) -> None:
    if not is_topic(name):
        raise ValidationError(
            _("A topic is a word of letters, digits, - and _, and more than a number.")
        )


class PromptQuerySet(models.QuerySet["Prompt"]):
    def open(self) -> Self:
        """Those whose week has come, the present one first."""
        return self.filter(starts_on__lte=timezone.localdate()).order_by("-starts_on", "-id")


class Prompt(models.Model):
    """A question in both languages. Notes under its two topics answer it."""

    question_en = models.CharField(_("question in English"), max_length=QUESTION_LENGTH)
    question_zh = models.CharField(_("question in Chinese"), max_length=QUESTION_LENGTH)
    topic_en = models.CharField(
        _("topic in English"), max_length=LONGEST_TOPIC, validators=[_check_topic]
    )
    topic_zh = models.CharField(
        _("topic in Chinese"), max_length=LONGEST_TOPIC, validators=[_check_topic]
    )
    starts_on = models.DateField(_("asked from"), unique=True)

    objects = PromptQuerySet.as_manager()

    class Meta:
        verbose_name = _("question of the week")
        verbose_name_plural = _("questions of the week")
        ordering: ClassVar[list[str]] = ["-starts_on"]

    def __str__(self) -> str:
        return self.question_en

    def get_absolute_url(self) -> str:
        return f"/exchange/{self.pk}/"

    @property
    def topics(self) -> list[str]:
        """The folded names under which answers are found."""
        return [fold_topic(self.topic_zh), fold_topic(self.topic_en)]

    def question(self, language: str) -> str:
        return self.question_zh if language == Language.CHINESE else self.question_en

    def topic(self, language: str) -> str:
        """As somebody writes it who answers in this language."""
        return self.topic_zh if language == Language.CHINESE else self.topic_en
