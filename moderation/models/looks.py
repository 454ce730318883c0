"""Who of the moderators read what was not for everybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moderation.models.cases import Case

# As long as a claim, a moderator who opened a case sees the pictures of it.
LATELY = timedelta(minutes=15)


class LookQuerySet(models.QuerySet["Look"]):
    def lately(self, by: User) -> Self:
        """Of cases that a moderator opened just now and that still are for the desk."""
        opened = self.filter(by=by, created_at__gt=timezone.now() - LATELY)
        return opened.filter(case__in=Case.objects.for_the_desk_alone().values("pk"))


class Look(models.Model):
    """A moderator opened a case whose text is not public. Made by the desk, changed by nobody."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="looks", verbose_name=_("case"))
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(_("time"), auto_now_add=True)

    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at what is not public")
        verbose_name_plural = _("looks at what is not public")

    def __str__(self) -> str:
        return f"{self.by_id} read {self.case_id}"
