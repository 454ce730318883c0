"""Following, asking, blocking, muting. Whoever changes something between two people holds both."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.actions.telling import notify
from accounts.models import Block, Follow, FollowRequest, Kind, Mute, MutedWord, User
from accounts.words import checked, folded, refused

WORD_LENGTH = 60
MOST_WORDS = 200


def _hold(one: User, other: User) -> None:
    """Keep two people as they are until this transaction ends; always in the same order."""
    pks = [one.pk, other.pk]
    list(User.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk").only("pk"))


def _not_oneself(one: User, other: User, message: str) -> None:
    if one.pk == other.pk:
        raise refused("username", message)


@transaction.atomic
def follow(follower: User, followee: User) -> bool:
    """Follow somebody, or ask to when their account is private. Return whether one follows now.

    Doing it twice is doing it once. Raises ValidationError for oneself, Http404 behind a block.
    """
    _not_oneself(follower, followee, _("You cannot follow yourself."))
    _hold(follower, followee)
    followee = get_object_or_404(User.objects.visible(follower), pk=followee.pk)
    if follower.follows(followee):
        return True
    if followee.is_private:
        if FollowRequest.objects.get_or_create(requester=follower, target=followee)[1]:
            notify(followee, Kind.REQUEST, follower)
        return False
    _begin_to_follow(follower, followee)
    notify(followee, Kind.FOLLOW, follower)
    return True


def _begin_to_follow(follower: User, followee: User) -> None:
    if Follow.objects.get_or_create(follower=follower, followee=followee)[1]:
        _count_follow(follower, followee, 1)


@transaction.atomic
def unfollow(follower: User, followee: User) -> None:
    """Follow somebody no longer, or ask no longer; doing it twice is doing it once."""
    _hold(follower, followee)
    _end_following(follower, followee)


def remove_follower(followee: User, follower: User) -> None:
    """Let somebody follow no longer; they are not told."""
    unfollow(follower, followee)


def _end_following(follower: User, followee: User) -> None:
    FollowRequest.objects.filter(requester=follower, target=followee).delete()
    if Follow.objects.filter(follower=follower, followee=followee).delete()[0]:
        _count_follow(follower, followee, -1)


def _count_follow(follower: User, followee: User, change: int) -> None:
    User.objects.filter(pk=followee.pk).update(follower_count=F("follower_count") + change)
    User.objects.filter(pk=follower.pk).update(following_count=F("following_count") + change)
    renew_timeline(follower)


def renew_timeline(reader: User) -> None:
    """Another set of authors is another timeline."""
    User.objects.filter(pk=reader.pk).update(following_version=F("following_version") + 1)


@transaction.atomic
def accept_request(target: User, requester: User) -> None:
    """Let somebody follow who asked; doing it twice is doing it once. Raises Http404."""
    _hold(target, requester)
    asked = FollowRequest.objects.filter(requester=requester, target=target)
    if asked.delete()[0]:
        _begin_to_follow(requester, target)
        notify(requester, Kind.ACCEPT, target)
    elif not requester.follows(target):
        raise Http404


@transaction.atomic
def refuse_request(target: User, requester: User) -> None:
    """Refuse somebody who asked to follow; they are not told."""
    _hold(target, requester)
    FollowRequest.objects.filter(requester=requester, target=target).delete()


@transaction.atomic
def block(blocker: User, blocked: User) -> None:
    """See nothing of somebody any more, nor they of oneself; doing it twice is doing it once."""
    _not_oneself(blocker, blocked, _("You cannot block yourself."))
    _hold(blocker, blocked)
    Block.objects.get_or_create(blocker=blocker, blocked=blocked)
    _end_following(blocker, blocked)
    _end_following(blocked, blocker)


@transaction.atomic
def unblock(blocker: User, blocked: User) -> None:
    """Take a block back; whom one followed before one follows again only by following."""
    _hold(blocker, blocked)
    Block.objects.filter(blocker=blocker, blocked=blocked).delete()


@transaction.atomic
def mute(muter: User, muted: User) -> None:
    """Keep somebody out of one's feeds and notifications; they are not told."""
    _not_oneself(muter, muted, _("You cannot mute yourself."))
    if Mute.objects.get_or_create(muter=muter, muted=muted)[1]:
        renew_timeline(muter)


@transaction.atomic
def unmute(muter: User, muted: User) -> None:
    """Let somebody into one's feeds again."""
    if Mute.objects.filter(muter=muter, muted=muted).delete()[0]:
        renew_timeline(muter)


def renew_home(person: User) -> None:
    """Let the person's home be made anew: they asked for something else by hand."""
    User.objects.filter(pk=person.pk).update(feed_version=F("feed_version") + 1)


@transaction.atomic
def mute_word(owner: User, word: str) -> MutedWord:
    """Keep notes with a word out of one's feeds. Raises ValidationError."""
    # Folded first: some characters become many.
    word = checked("word", folded(word), WORD_LENGTH)
    if not word:
        raise refused("word", _("Write a word."), "required")
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    if owner.muted_words.exclude(word=word).count() >= MOST_WORDS:
        raise refused("word", _("At most %(most)s words."), "too_many", most=MOST_WORDS)
    return MutedWord.objects.get_or_create(owner=owner, word=word)[0]


def unmute_word(owner: User, pk: int) -> None:
    """Let notes with a word into one's feeds again. Raises Http404."""
    if not owner.muted_words.filter(pk=pk).delete()[0]:
        raise Http404
