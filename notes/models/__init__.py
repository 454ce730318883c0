"""Notes and what hangs on them."""

from notes.models.comment import COMMENT_LENGTH, Comment, CommentQuerySet
from notes.models.image import ALT_LENGTH, MOST_IMAGES, Image, ImageQuerySet, _new_key
from notes.models.like import Like
from notes.models.note import (
    BODY_LENGTH,
    PLACE_LENGTH,
    TITLE_LENGTH,
    Audience,
    Note,
    NoteQuerySet,
    Topic,
    TopicQuerySet,
    Viewer,
)

__all__ = [
    "ALT_LENGTH",
    "BODY_LENGTH",
    "COMMENT_LENGTH",
    "MOST_IMAGES",
    "PLACE_LENGTH",
    "TITLE_LENGTH",
    "Audience",
    "Comment",
    "CommentQuerySet",
    "Image",
    "ImageQuerySet",
    "Like",
    "Note",
    "NoteQuerySet",
    "Topic",
    "TopicQuerySet",
    "Viewer",
    "_new_key",
]
