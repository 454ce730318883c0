"""People, what is between them, their API tokens, and what they are told."""

from accounts.models.between import (
    Block,
    Follow,
    FollowRequest,
    Mute,
    MutedWord,
    marks,
    marks_query,
    suggested,
)
from accounts.models.doorway import Doorway
from accounts.models.letters import Export, Letter
from accounts.models.notifications import Digest, Kind, Notification, NotificationQuerySet
from accounts.models.people import (
    AUDITORS,
    HANDLE_PATTERN,
    MODERATORS,
    SENIORS,
    FormerHandle,
    Language,
    PersonQuerySet,
    User,
    Viewer,
)
from accounts.models.programs import IdempotentAnswer, Scope, Token

__all__ = [
    "AUDITORS",
    "HANDLE_PATTERN",
    "MODERATORS",
    "SENIORS",
    "Block",
    "Digest",
    "Doorway",
    "Export",
    "Follow",
    "FollowRequest",
    "FormerHandle",
    "IdempotentAnswer",
    "Kind",
    "Language",
    "Letter",
    "Mute",
    "MutedWord",
    "Notification",
    "NotificationQuerySet",
    "PersonQuerySet",
    "Scope",
    "Token",
    "User",
    "Viewer",
    "marks",
    "marks_query",
    "suggested",
]
