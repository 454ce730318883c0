"""What people do to people, and what is done for them. Writes only; reads are in the models."""

from accounts.actions.between import (
    accept_request,
    block,
    follow,
    mute,
    mute_word,
    refuse_request,
    remove_follower,
    unblock,
    unfollow,
    unmute,
    unmute_word,
)
from accounts.actions.people import (
    change_avatar,
    change_handle,
    change_profile,
    issue_token,
    register,
    remove_avatar,
)
from accounts.actions.telling import notify

__all__ = [
    "accept_request",
    "block",
    "change_avatar",
    "change_handle",
    "change_profile",
    "follow",
    "issue_token",
    "mute",
    "mute_word",
    "notify",
    "refuse_request",
    "register",
    "remove_avatar",
    "remove_follower",
    "unblock",
    "unfollow",
    "unmute",
    "unmute_word",
]
