"""API addresses of notes."""

from django.urls import path

from notes.api import comments, images, notes, people, topics

urlpatterns = [
    path("images/", images.ImagesView.as_view()),
    path("images/<int:pk>/", images.ImageView.as_view()),
    path("notes/", notes.NotesView.as_view()),
    path("notes/<int:pk>/", notes.NoteView.as_view()),
    path("notes/<int:pk>/like/", notes.LikeView.as_view()),
    path("notes/<int:pk>/comments/", comments.CommentsView.as_view()),
    path("comments/<int:pk>/", comments.CommentView.as_view()),
    path("topics/", topics.TopicsView.as_view()),
    path("topics/<str:name>/", topics.TopicView.as_view()),
    path("users/<str:username>/", people.ProfileView.as_view()),
    path("users/<str:username>/notes/", people.PersonNotesView.as_view()),
]
