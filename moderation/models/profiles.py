"""What people say of themselves, with the case of each version."""

from __future__ import annotations

from typing import Self

from django.db import models

from accounts.models import User
from moderation.models.cases import Moderated
from moderation.models.states import VISIBLE_STATES, State

# The kind of the case of a person's name and bio, and of reports about the person.
PROFILE = "user"


class ProfileTextQuerySet(models.QuerySet["ProfileText"]):
    def visible(self) -> Self:
        """What others than its author may read."""
        return self.filter(case__state__in=VISIBLE_STATES)


class ProfileText(Moderated):
    """Name and bio as somebody wrote them at a time, judged as one text.

    Of a person there are the newest and, unless others read that, what they read instead.
    `User.display_name` and `User.bio` are copies of what others read (`moderation.profiles`).
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="profile_texts")
    display_name = models.CharField(max_length=40, blank=True)
    bio = models.CharField(max_length=500, blank=True)
    written_at = models.DateTimeField()

    objects = ProfileTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "written_at"], name="profile_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.written_at}"

    @property
    def words(self) -> dict[str, str]:
        """As the columns of a person."""
        return {"display_name": self.display_name, "bio": self.bio}

    @property
    def is_limited(self) -> bool:
        """Whether others read no more of it than the name."""
        return self.case.state == State.LIMITED
