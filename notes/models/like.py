"""Likes of notes."""

from __future__ import annotations

from django.db import models

from accounts.models import User


class Like(models.Model):
    """Somebody likes a note."""

    user = models.ForeignKey(User, models.CASCADE, related_name="likes")
    note = models.ForeignKey("notes.Note", models.CASCADE, related_name="likes")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="like_once")]

    def __str__(self) -> str:
        return f"{self.user_id} ♥ {self.note_id}"
