"""Notes and what hangs on them."""

from notes.models.board import BOARD_LENGTH, MOST_BOARDS, Board, BoardQuerySet, Save
from notes.models.comment import COMMENT_LENGTH, Comment, CommentLike, CommentQuerySet
from notes.models.image import ALT_LENGTH, MOST_IMAGES, Image, ImageQuerySet, _new_key
from notes.models.like import Like
from notes.models.note import (
    BODY_LENGTH,
    NOTE_STATES,
    PLACE_LENGTH,
    TITLE_LENGTH,
    Audience,
    Commenters,
    DraftState,
    Note,
    NoteQuerySet,
    Topic,
    TopicQuerySet,
    Viewer,
    takes_comments,
)
from notes.models.term import Term, TermQuerySet
from notes.models.topic_marks import TopicFollow, TopicMute, topic_mark
from notes.models.translation import (
    LEASE,
    MOST_TRANSLATION_ATTEMPTS,
    Translation,
    TranslationQuerySet,
    Wording,
)
from notes.models.version import Version

__all__ = [
    "ALT_LENGTH",
    "BOARD_LENGTH",
    "BODY_LENGTH",
    "COMMENT_LENGTH",
    "LEASE",
    "MOST_BOARDS",
    "MOST_IMAGES",
    "MOST_TRANSLATION_ATTEMPTS",
    "NOTE_STATES",
    "PLACE_LENGTH",
    "TITLE_LENGTH",
    "Audience",
    "Board",
    "BoardQuerySet",
    "Comment",
    "CommentLike",
    "CommentQuerySet",
    "Commenters",
    "DraftState",
    "Image",
    "ImageQuerySet",
    "Like",
    "Note",
    "NoteQuerySet",
    "Save",
    "Term",
    "TermQuerySet",
    "Topic",
    "TopicFollow",
    "TopicMute",
    "TopicQuerySet",
    "Translation",
    "TranslationQuerySet",
    "Version",
    "Viewer",
    "Wording",
    "_new_key",
    "takes_comments",
    "topic_mark",
]
