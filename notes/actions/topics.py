"""Following and muting topics. The two exclude each other; the last word counts."""

from __future__ import annotations

from django.db import transaction

from accounts.actions import renew_home
from accounts.models import User
from notes.models import Topic, TopicFollow, TopicMute


@transaction.atomic
def follow_topic(user: User, topic: Topic) -> None:
    """See more of a topic; doing it twice is doing it once."""
    TopicMute.objects.filter(user=user, topic=topic).delete()
    TopicFollow.objects.get_or_create(user=user, topic=topic)
    renew_home(user)


@transaction.atomic
def unfollow_topic(user: User, topic: Topic) -> None:
    """Follow a topic no longer; doing it twice is doing it once."""
    TopicFollow.objects.filter(user=user, topic=topic).delete()
    renew_home(user)


@transaction.atomic
def mute_topic(user: User, topic: Topic) -> None:
    """See nothing of a topic; doing it twice is doing it once."""
    TopicFollow.objects.filter(user=user, topic=topic).delete()
    TopicMute.objects.get_or_create(user=user, topic=topic)
    renew_home(user)


@transaction.atomic
def unmute_topic(user: User, topic: Topic) -> None:
    """Mute a topic no longer; doing it twice is doing it once."""
    TopicMute.objects.filter(user=user, topic=topic).delete()
    renew_home(user)


@transaction.atomic
def choose_topics(user: User, topics: list[Topic]) -> None:
    """Follow all of these besides what one follows already."""
    for topic in topics:
        follow_topic(user, topic)
