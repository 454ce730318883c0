"""What people do with notes: upload, write, send, edit, delete, like, save, comment.

Every function that takes words checks them and raises ValidationError naming the field,
so that the page and the API refuse the same things in the same words.
"""

from notes.actions.boards import (
    change_board,
    create_board,
    default_board,
    delete_board,
    order_boards,
    order_notes,
    own_board,
    save_note,
    unsave_note,
)
from notes.actions.comments import (
    checked_parent,
    delete_comment,
    edit_comment,
    pin_comment,
    submit_comment,
    unpin_comment,
)
from notes.actions.glossary import approve_term, name_of, offer_term, retire_term
from notes.actions.images import delete_image, describe_image, quota_used, upload_image
from notes.actions.likes import like, like_comment, unlike, unlike_comment
from notes.actions.notes import (
    EditedMeanwhileError,
    change_note,
    delete_note,
    save_draft,
    submit_note,
    take_back_edit,
)
from notes.actions.topics import (
    choose_topics,
    follow_topic,
    mute_topic,
    unfollow_topic,
    unmute_topic,
)
from notes.actions.translations import (
    TooManyTranslationsError,
    ask_for_translation,
    translation_for,
)
from notes.actions.wordings import accept_wording, offer_wording, refuse_wording

__all__ = [
    "EditedMeanwhileError",
    "TooManyTranslationsError",
    "accept_wording",
    "approve_term",
    "ask_for_translation",
    "change_board",
    "change_note",
    "checked_parent",
    "choose_topics",
    "create_board",
    "default_board",
    "delete_board",
    "delete_comment",
    "delete_image",
    "delete_note",
    "describe_image",
    "edit_comment",
    "follow_topic",
    "like",
    "like_comment",
    "mute_topic",
    "name_of",
    "offer_term",
    "offer_wording",
    "order_boards",
    "order_notes",
    "own_board",
    "pin_comment",
    "quota_used",
    "refuse_wording",
    "retire_term",
    "save_draft",
    "save_note",
    "submit_comment",
    "submit_note",
    "take_back_edit",
    "translation_for",
    "unfollow_topic",
    "unlike",
    "unlike_comment",
    "unmute_topic",
    "unpin_comment",
    "unsave_note",
    "upload_image",
]
