"""The shapes of notes and what hangs on them in the API."""

from notes.serializers.boards import (
    BoardNotesOrderSerializer,
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
from notes.serializers.images import (
    AltSerializer,
    ImageSerializer,
    RoomSerializer,
    UploadSerializer,
)
from notes.serializers.notes import (
    ChangedNoteSerializer,
    NewNoteSerializer,
    NoteSerializer,
    VersionSerializer,
    changing,
    json_of,
    put_in,
)
from notes.serializers.people import ProfileSerializer, TopicSerializer
from notes.serializers.translations import (
    AskedLanguageSerializer,
    NewWordingSerializer,
    PendingTranslationSerializer,
    TranslationSerializer,
    WordingSerializer,
)

__all__ = [
    "AltSerializer",
    "AskedLanguageSerializer",
    "BoardNotesOrderSerializer",
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
    "NewWordingSerializer",
    "NoteSerializer",
    "PendingTranslationSerializer",
    "ProfileSerializer",
    "RoomSerializer",
    "SaveSerializer",
    "SavedNoteSerializer",
    "TopicSerializer",
    "TranslationSerializer",
    "UploadSerializer",
    "VersionSerializer",
    "WordingSerializer",
    "changing",
    "json_of",
    "put_in",
]
