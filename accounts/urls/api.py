"""API addresses of people."""

from django.urls import path

from accounts.api import joining, people

urlpatterns = [
    path("auth/register/", joining.RegisterView.as_view()),
    path("auth/token/", joining.TokenView.as_view()),
    path("auth/tokens/", joining.TokensView.as_view()),
    path("auth/tokens/<int:pk>/", joining.RevokeTokenView.as_view()),
    path("me/", people.MeView.as_view()),
    path("me/follow-requests/", people.FollowRequestsView.as_view()),
    path("me/follow-requests/<str:username>/", people.FollowRequestView.as_view()),
    path("me/blocks/", people.BlocksView.as_view()),
    path("me/mutes/", people.MutesView.as_view()),
    path("me/muted-words/", people.MutedWordsView.as_view()),
    path("me/muted-words/<int:pk>/", people.MutedWordView.as_view()),
    path("me/suggestions/", people.SuggestionsView.as_view()),
    path("me/followers/<str:username>/", people.FollowerView.as_view()),
    path("users/<str:username>/follow/", people.FollowView.as_view()),
    path("users/<str:username>/block/", people.BlockView.as_view()),
    path("users/<str:username>/mute/", people.MuteView.as_view()),
    path("users/<str:username>/followers/", people.FollowersView.as_view()),
    path("users/<str:username>/following/", people.FollowingView.as_view()),
]
