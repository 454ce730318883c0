"""Pages of feeds."""

from django.urls import path, re_path

from feeds import views

urlpatterns = [
    path("", views.explore, name="explore"),
    path("topics/<str:name>/", views.topic, name="topic"),
    path("following/", views.following, name="following"),
    re_path(r"^@(?P<username>[a-z0-9_]{3,24})/$", views.profile, name="profile"),
]
