"""Topics that people follow, and topics they want none of."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Concat, Lower, Replace

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
    words = MutedWord.objects.filter(owner=reader)
    people = Q(author__in=quiet) | Q(author__in=Block.objects.around(reader))
    # Asked in this order: most readers have no words, and for them no text is folded.
    said = Q(Exists(words)) & Q(_says_one_of(words))
    return people | Q(Exists(topics)) | said


def _says_one_of(words: models.QuerySet[MutedWord]) -> Func:
    """Whether a note says a word, in any case and width: its text is folded once for all words."""
    parts = [F(name) for name in ("title", "body", "second_title", "second_body")]
    apart = [piece for part in parts for piece in (part, Value("\n"))]
    patterns = words.values(pattern=Concat(Value("%"), _escaped(F("word")), Value("%")))
    return Func(
        _folded(Concat(*apart, output_field=models.TextField())),
        Func(ArraySubquery(patterns), template="(%(expressions)s)"),
        template="%(expressions)s",
        arg_joiner=" LIKE ANY ",
        output_field=models.BooleanField(),
    )


def _folded(text: models.expressions.Combinable) -> models.expressions.Combinable:
    """As `accounts.words.folded` does it."""
    text = Lower(Func(text, template="normalize(%(expressions)s, NFKC)"))
    # The two letters in use of which str.casefold makes others than lower().
    for letter, other in (("ß", "ss"), ("ς", "σ")):
        text = Replace(text, Value(letter), Value(other))
    return text


def _escaped(word: models.expressions.Combinable) -> models.expressions.Combinable:
    """With nothing in it that LIKE would read otherwise."""
    for mark in ("\\", "%", "_"):
        word = Replace(word, Value(mark), Value(f"\\{mark}"))
    return word
