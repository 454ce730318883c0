"""Erasing who left a week ago, from every table and from the disk."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.actions.leaving import GRACE
from accounts.avatars import files_of
from accounts.commits import after_commit
from accounts.models import FormerHandle, User
from moderation.actions import close_case
from moderation.models import Case
from notes.models import Comment, CommentLike, Image, Like, Note, Save, Translation
from notes.rendering import delete_files

AT_MOST = 50


def erase_due() -> int:
    """Erase whose week is over; return how many."""
    due = User.objects.filter(leaving_at__lt=timezone.now() - GRACE).order_by("leaving_at")
    return sum(erase(pk) for pk in due.values_list("pk", flat=True)[:AT_MOST])


@transaction.atomic
def erase(person_id: int) -> bool:
    """Erase one person unless they just came back. Safe to run twice."""
    # Pictures before their owner, as whoever posts takes them.
    list(Image.objects.select_for_update().filter(owner=person_id).order_by("pk").only("pk"))
    gone = User.objects.select_for_update().filter(pk=person_id).exclude(leaving_at=None).first()
    if gone is None:
        return False
    images = list(Image.objects.filter(Q(owner=gone) | Q(note__author=gone)))
    files = [*files_of(gone.avatar), gone.incoming_avatar]
    files += gone.exports.values_list("file", flat=True)
    _close_cases(gone)
    _give_back_counts(gone)
    # The name is not given to anybody else, who would be taken for them in old mentions.
    FormerHandle.objects.get_or_create(handle=gone.username, defaults={"user": None})
    gone.delete()
    after_commit(delete_files, images)
    for name in filter(None, files):
        after_commit(default_storage.delete, name)
    return True


def _close_cases(gone: User) -> None:
    """What was judged is forgotten; that it was judged stays, without a name."""
    theirs = Case.objects.filter(author=gone)
    below = Comment.objects.filter(note__author=gone).values_list("case_id", flat=True)
    translated = Translation.objects.under(author=gone).cases()
    close_case(*theirs.values_list("pk", flat=True), *below, *translated)
    Case.objects.filter(pk__in=translated).update(text="", url="")
    theirs.update(text="", images=[], url="")


def _give_back_counts(gone: User) -> None:
    """What they counted for others no longer counts."""
    liked = Like.objects.filter(user=gone).values("note")
    Note.objects.filter(pk__in=liked).update(like_count=Greatest(F("like_count") - 1, 0))
    saved = Save.objects.filter(user=gone).values("note")
    Note.objects.filter(pk__in=saved).update(save_count=Greatest(F("save_count") - 1, 0))
    hearts = CommentLike.objects.filter(user=gone).values("comment")
    Comment.objects.filter(pk__in=hearts).update(like_count=Greatest(F("like_count") - 1, 0))
    followed = gone.following.values("followee")
    User.objects.filter(pk__in=followed).update(follower_count=F("follower_count") - 1)
    followers = gone.followers.values("follower")
    User.objects.filter(pk__in=followers).update(
        following_count=F("following_count") - 1, following_version=F("following_version") + 1
    )
