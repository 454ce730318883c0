"""API addresses of notes."""

from django.urls import path

from notes.api import boards, comments, images, notes, people, reports, topics, translations

urlpatterns = [
    path("images/", images.ImagesView.as_view()),
    path("images/<int:pk>/", images.ImageView.as_view()),
    path("notes/", notes.NotesView.as_view()),
    path("notes/<int:pk>/", notes.NoteView.as_view()),
    path("notes/<int:pk>/edit/", notes.EditView.as_view()),
    path("notes/<int:pk>/history/", notes.HistoryView.as_view()),
    path("notes/<int:pk>/save/", notes.SaveView.as_view()),
    path("me/drafts/", notes.DraftsView.as_view()),
    path("boards/", boards.BoardsView.as_view()),
    path("boards/<int:pk>/", boards.BoardView.as_view()),
    path("boards/<int:pk>/notes/", boards.BoardNotesView.as_view()),
    path("users/<str:username>/boards/", boards.PersonBoardsView.as_view()),
    path("notes/<int:pk>/like/", notes.LikeView.as_view()),
    path("notes/<int:pk>/comments/", comments.CommentsView.as_view()),
    path("comments/<int:pk>/", comments.CommentView.as_view()),
    path("comments/<int:pk>/like/", comments.CommentLikeView.as_view()),
    path("comments/<int:pk>/pin/", comments.CommentPinView.as_view()),
    path("notes/<int:pk>/translation/", translations.NoteTranslationView.as_view()),
    path("comments/<int:pk>/translation/", translations.CommentTranslationView.as_view()),
    path("users/<str:username>/translation/", translations.PersonTranslationView.as_view()),
    path("notes/<int:pk>/wordings/", translations.NoteWordingsView.as_view()),
    path("comments/<int:pk>/wordings/", translations.CommentWordingsView.as_view()),
    path("users/<str:username>/wordings/", translations.PersonWordingsView.as_view()),
    path("wordings/<int:pk>/acceptance/", translations.AcceptanceView.as_view()),
    path("reports/", reports.ReportsView.as_view()),
    path("topics/", topics.TopicsView.as_view()),
    path("topics/<str:name>/", topics.TopicView.as_view()),
    path("topics/<str:name>/follow/", topics.TopicFollowView.as_view()),
    path("topics/<str:name>/mute/", topics.TopicMuteView.as_view()),
    path("users/<str:username>/", people.ProfileView.as_view()),
    path("users/<str:username>/notes/", people.PersonNotesView.as_view()),
]
