"""Pages of people."""

from django.urls import path, re_path

from accounts.views import between, language, security, settings

PERSON = r"^@(?P<username>[a-z0-9_]{3,24})/"

urlpatterns = [
    path("language/", language.language, name="language"),
    path("settings/profile/", settings.profile, name="profile-settings"),
    path("settings/account/", settings.account, name="account-settings"),
    path("settings/reading/", settings.reading, name="reading-settings"),
    path("settings/privacy/", settings.privacy, name="privacy-settings"),
    path("settings/people/", settings.people, name="people-settings"),
    path("settings/words/", settings.words, name="words-settings"),
    path("settings/words/<int:pk>/removal/", settings.word_removal, name="word-removal"),
    path("settings/notifications/", settings.notifications, name="notifications-settings"),
    path("settings/tokens/", security.tokens, name="tokens-settings"),
    path("settings/tokens/<int:pk>/removal/", security.token_removal, name="token-removal"),
    path("settings/sessions/", security.everywhere, name="end-everywhere"),
    path("settings/leaving/", security.leaving, name="leaving-settings"),
    path("left/", security.left, name="left"),
    path("suggestions/", between.suggestions, name="suggestions"),
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
