"""The shapes of notes and what hangs on them in the API."""

from notes.serializers.boards import (
    BoardOrderSerializer,
    BoardSerializer,
    ChangedBoardSerializer,
    NewBoardSerializer,
    SavedNoteSerializer,
    SaveSerializer,
)
from notes.serializers.comments import (
    CommentSerializer,
    EditedCommentSerializer,
    NewCommentSerializer,
)
from notes.serializers.images import AltSerializer, ImageSerializer, UploadSerializer
from notes.serializers.notes import (
    ChangedNoteSerializer,
    NewNoteSerializer,
    NoteSerializer,
    StoredNoteSerializer,
    VersionSerializer,
)
from notes.serializers.people import ProfileSerializer, TopicSerializer

__all__ = [
    "AltSerializer",
    "BoardOrderSerializer",
    "BoardSerializer",
    "ChangedBoardSerializer",
    "ChangedNoteSerializer",
    "CommentSerializer",
    "EditedCommentSerializer",
    "ImageSerializer",
    "NewBoardSerializer",
    "NewCommentSerializer",
    "NewNoteSerializer",
    "NoteSerializer",
    "ProfileSerializer",
    "SaveSerializer",
    "SavedNoteSerializer",
    "StoredNoteSerializer",
    "TopicSerializer",
    "UploadSerializer",
    "VersionSerializer",
]
