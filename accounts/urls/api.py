"""API addresses of people."""

from django.urls import path

from accounts import api

urlpatterns = [
    path("auth/register/", api.RegisterView.as_view()),
    path("auth/token/", api.TokenView.as_view()),
    path("auth/tokens/", api.TokensView.as_view()),
    path("auth/tokens/<int:pk>/", api.RevokeTokenView.as_view()),
    path("me/", api.MeView.as_view()),
    path("users/<str:username>/follow/", api.FollowView.as_view()),
    path("users/<str:username>/followers/", api.FollowersView.as_view()),
    path("users/<str:username>/following/", api.FollowingView.as_view()),
    path("notifications/", api.NotificationsView.as_view()),
    path("notifications/read/", api.ReadNotificationsView.as_view()),
    path("notifications/unread/", api.UnreadView.as_view()),
]
