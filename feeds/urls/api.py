"""API addresses of the feeds."""

from django.urls import path

from feeds import api

urlpatterns = [
    path("feeds/following/", api.FollowingView.as_view()),
    path("feeds/explore/", api.ExploreView.as_view()),
]
