"""The one line of people who wait to join."""

from django.db import models


class Doorway(models.Model):
    """Its single row says when the next one in the line has their turn."""

    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.next_at.isoformat()
