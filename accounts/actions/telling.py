"""Telling people what happened."""

from __future__ import annotations

from typing import Any

from accounts.models import Block, Kind, Mute, Notification, User


def notify(
    recipient: User,
    kind: Kind,
    actor: User | None = None,
    *,
    note_id: int | None = None,
    comment_id: int | None = None,
    **data: Any,
) -> None:
    """Tell somebody, in the transaction of what happened.

    Nobody is told of their own doing, of what they do not want to hear of, or of people they
    block or mute. What they may not see (yet) is left out when it is shown: tell early.
    """
    if kind in recipient.unwanted_kinds or (actor and _is_unwelcome(actor, recipient)):
        return
    told = Notification(
        recipient=recipient,
        kind=kind,
        actor=actor,
        note_id=note_id,
        comment_id=comment_id,
        data=data,
    )
    # Kinds that are told once only have a constraint.
    Notification.objects.bulk_create([told], ignore_conflicts=True)


def _is_unwelcome(actor: User, recipient: User) -> bool:
    if actor.pk == recipient.pk:
        return True
    muted = Mute.objects.filter(muter=recipient, muted=actor).exists()
    return muted or Block.objects.between(actor, recipient)
