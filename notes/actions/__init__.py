"""What people do with notes: upload, post, delete, like, comment.

Every function that takes words checks them and raises ValidationError naming the field,
so that the page and the API refuse the same things in the same words.
"""

from notes.actions.comments import checked_parent, delete_comment, submit_comment
from notes.actions.images import delete_image, describe_image, upload_image
from notes.actions.likes import like, unlike
from notes.actions.notes import delete_note, submit_note

__all__ = [
    "checked_parent",
    "delete_comment",
    "delete_image",
    "delete_note",
    "describe_image",
    "like",
    "submit_comment",
    "submit_note",
    "unlike",
    "upload_image",
]
