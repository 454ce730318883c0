"""Topics that people follow, and topics they want none of."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Concat, Lower

from accounts.models import Block, Mute, MutedWord, User, Viewer


class TopicMark(models.Model):
    """Somebody and a topic."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    topic = models.ForeignKey("notes.Topic", models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.user_id} # {self.topic_id}"


class TopicFollow(TopicMark):
    """Somebody wants to see more of a topic."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="topic_follow_once")]


class TopicMute(TopicMark):
    """A topic stays out of somebody's home and of what they explore."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="topic_mute_once")]


def topic_mark(viewer: Viewer, topic: models.Model) -> str:
    """What the viewer did with a topic: "followed", "muted" or ""."""
    if not isinstance(viewer, User):
        return ""
    if TopicFollow.objects.filter(user=viewer, topic_id=topic.pk).exists():
        return "followed"
    return "muted" if TopicMute.objects.filter(user=viewer, topic_id=topic.pk).exists() else ""


def unwanted_by(reader: User) -> Q:
    """Of notes: by people the reader blocks, mutes or is blocked by, about topics or with words
    they want none of."""
    quiet = Mute.objects.filter(muter=reader).values("muted")
    topics = TopicMute.objects.filter(user=reader, topic__notes=OuterRef("pk"))
    field = models.TextField()
    parts = [OuterRef(name) for name in ("title", "body", "second_title", "second_body")]
    apart = [piece for part in parts for piece in (part, Value("\n"))]
    text = Concat(*apart, output_field=field)
    words = MutedWord.objects.filter(owner=reader).alias(text=Lower(text, output_field=field))
    people = Q(author__in=quiet) | Q(author__in=Block.objects.around(reader))
    return people | Q(Exists(topics)) | Q(Exists(words.filter(text__contains=F("word"))))
