"""What people do to people, and what is done for them. Writes only; reads are in the models."""

from accounts.actions.between import (
    accept_request,
    block,
    follow,
    mute,
    mute_word,
    refuse_request,
    remove_follower,
    renew_home,
    renew_timeline,
    unblock,
    unfollow,
    unmute,
    unmute_word,
)
from accounts.actions.leaving import come_back, end_everything, leave, lift, suspend
from accounts.actions.letters import ask_to_confirm, tell_by_letter, verified_address, write_letter
from accounts.actions.people import (
    change_avatar,
    change_handle,
    change_profile,
    choose_notifications,
    issue_token,
    register,
    remove_avatar,
)
from accounts.actions.telling import notify

__all__ = [
    "accept_request",
    "ask_to_confirm",
    "block",
    "change_avatar",
    "change_handle",
    "change_profile",
    "choose_notifications",
    "come_back",
    "end_everything",
    "follow",
    "issue_token",
    "leave",
    "lift",
    "mute",
    "mute_word",
    "notify",
    "refuse_request",
    "register",
    "remove_avatar",
    "remove_follower",
    "renew_home",
    "renew_timeline",
    "suspend",
    "tell_by_letter",
    "unblock",
    "unfollow",
    "unmute",
    "unmute_word",
    "verified_address",
    "write_letter",
]
