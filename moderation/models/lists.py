"""Lists that people keep at the desk: words, and fingerprints of pictures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User

WORD_LENGTH = 60
# Of the 256 bits of a fingerprint, how many may differ; what the authors of PDQ recommend.
NEAR = 31


class ListQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(retired_at=None)


class Entry(models.Model):
    """Something on a list: added by somebody for a reason, retired by somebody, never changed."""

    rule = models.CharField(_("rule"), max_length=30)
    reason = models.CharField(_("why"), max_length=300)
    added_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    retired_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("retired by")
    )
    retired_at = models.DateTimeField(_("retired"), null=True)

    objects = ListQuerySet.as_manager()

    class Meta:
        abstract = True


class Word(Entry):
    """A word or phrase that speaks for a rule being broken, beside those of the rule book."""

    text = models.CharField(_("word or phrase"), max_length=WORD_LENGTH)
    score = models.FloatField(
        _("score, 0 to 1"), validators=[MinValueValidator(0.3), MaxValueValidator(0.95)]
    )

    class Meta:
        verbose_name = _("listed word")
        verbose_name_plural = _("listed words")
        constraints = [
            models.UniqueConstraint(
                fields=["text", "rule"], name="word_once", condition=Q(retired_at=None)
            )
        ]

    def __str__(self) -> str:
        return self.text


class KnownImage(Entry):
    """A picture known to break a rule. Only its fingerprints are kept, in all eight turns."""

    class Meta:
        verbose_name = _("known image")
        verbose_name_plural = _("known images")

    def __str__(self) -> str:
        return f"{self.rule} {self.pk}"


class _Bits(Func):
    """64 hexadecimal digits as 256 bits."""

    template = "('x' || %(expressions)s)::bit(256)"
    output_field = models.CharField()


class FingerprintQuerySet(models.QuerySet["Fingerprint"]):
    def like(self, digest: str) -> Self:
        """Of active pictures, those that differ in at most NEAR bits."""
        apart = Func(
            _Bits("digest"),
            _Bits(models.Value(digest)),
            template="bit_count(%(expressions)s)",
            arg_joiner=" # ",
            output_field=models.IntegerField(),
        )
        active = self.filter(image__retired_at=None)
        return active.annotate(apart=apart).filter(apart__lte=NEAR)

    def rules_like(self, digests: Iterable[str]) -> tuple[str, ...]:
        """The rules of the active pictures that any of these is like."""
        rules: set[str] = set()
        for digest in filter(None, digests):
            rules.update(self.like(digest).values_list("image__rule", flat=True))
        return tuple(sorted(rules))


class Fingerprint(models.Model):
    """One turn of a known image."""

    image = models.ForeignKey(KnownImage, models.CASCADE, related_name="fingerprints")
    digest = models.CharField(max_length=64)

    objects = FingerprintQuerySet.as_manager()

    def __str__(self) -> str:
        return self.digest[:12]
