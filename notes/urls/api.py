"""API addresses of notes."""

from django.urls import path

from notes import api

urlpatterns = [
    path("images/", api.ImagesView.as_view()),
    path("images/<int:pk>/", api.ImageView.as_view()),
    path("notes/", api.NotesView.as_view()),
    path("notes/<int:pk>/", api.NoteView.as_view()),
    path("notes/<int:pk>/like/", api.LikeView.as_view()),
    path("notes/<int:pk>/comments/", api.CommentsView.as_view()),
    path("comments/<int:pk>/", api.CommentView.as_view()),
    path("topics/", api.TopicsView.as_view()),
    path("topics/<str:name>/", api.TopicView.as_view()),
    path("users/<str:username>/", api.ProfileView.as_view()),
    path("users/<str:username>/notes/", api.PersonNotesView.as_view()),
]
