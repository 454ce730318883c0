"""Pages of people."""

from django.urls import path, re_path

from accounts import views

PERSON = r"^@(?P<username>[a-z0-9_]{3,24})/"

urlpatterns = [
    path("language/", views.language, name="language"),
    path("settings/profile/", views.profile_settings, name="profile-settings"),
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/unread/", views.unread, name="unread"),
    re_path(PERSON + r"follow/$", views.follow, name="follow"),
    re_path(PERSON + r"(?P<side>followers|following)/$", views.people, name="people"),
]
