"""Pages of people."""

from django.urls import path, re_path

from accounts.views import between, language, settings

PERSON = r"^@(?P<username>[a-z0-9_]{3,24})/"

urlpatterns = [
    path("language/", language.language, name="language"),
    path("settings/profile/", settings.profile_settings, name="profile-settings"),
    path("requests/", between.follow_requests, name="follow-requests"),
    re_path(
        r"^requests/(?P<username>[a-z0-9_]{3,24})/$", between.answer_request, name="answer-request"
    ),
    re_path(PERSON + r"follow/$", between.follow, name="follow"),
    re_path(PERSON + r"block/$", between.block, name="block"),
    re_path(PERSON + r"mute/$", between.mute, name="mute"),
    re_path(PERSON + r"removal/$", between.remove_follower, name="remove-follower"),
    re_path(PERSON + r"(?P<side>followers|following)/$", between.people, name="people"),
]
