"""Who of the moderators read what was not for everybody."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moderation.models.cases import Case


class Look(models.Model):
    """A moderator opened a case whose text is not public. Made by the desk, changed by nobody."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="looks", verbose_name=_("case"))
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("look at what is not public")
        verbose_name_plural = _("looks at what is not public")

    def __str__(self) -> str:
        return f"{self.by_id} read {self.case_id}"
