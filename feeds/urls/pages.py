"""Pages of feeds."""

from django.urls import path, re_path

from feeds import feed_pages, notification_pages, posters, shelves, views
from feeds.archive import pages as archive
from feeds.exchange import pages as exchange
from feeds.search import views as search

urlpatterns = [
    path("", views.front, name="explore"),
    path("explore/", views.explore, name="everything"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="search-suggest"),
    path("search/history/", search.history, name="search-history"),
    path("exchange/", exchange.exchange, name="exchange"),
    path("exchange/<int:pk>/", exchange.exchange, name="prompt"),
    path("interests/", feed_pages.interests, name="interests"),
    path("notes/<int:pk>/why/", feed_pages.why, name="note-why"),
    path("notes/<int:pk>/related/", views.related_page, name="note-related"),
    path("notes/<int:pk>/less/", feed_pages.less, name="note-less"),
    path("topics/<str:name>/mark/", feed_pages.topic, name="topic-mark"),
    path("settings/feed/", feed_pages.settings, name="feed-settings"),
    path("settings/feed/reset/", feed_pages.reset, name="feed-reset"),
    path("settings/feed/profile/", feed_pages.profile, name="feed-profile"),
    path("topics/<str:name>/", views.topic, name="topic"),
    path("topics/<str:name>/poster.jpg", posters.topic_poster, name="topic-poster"),
    path("following/", views.following, name="following"),
    path("settings/export/", archive.settings_page, name="export-settings"),
    path("exports/<str:link>/", archive.download, name="export"),
    path("notifications/", notification_pages.page, name="notifications"),
    path("notifications/unread/", notification_pages.unread, name="unread"),
    path("boards/<int:pk>/", shelves.board, name="board"),
    path("boards/<int:pk>/poster.jpg", posters.board_poster, name="board-poster"),
    re_path(r"^@(?P<username>[a-z0-9_]{3,24})/boards/$", shelves.boards, name="person-boards"),
    re_path(r"^@(?P<username>[a-z0-9_]{3,24})/likes/$", shelves.likes, name="person-likes"),
    re_path(r"^@(?P<username>[a-z0-9_]{3,24})/$", views.profile, name="profile"),
    re_path(
        r"^@(?P<username>[a-z0-9_]{3,24})/poster\.jpg$",
        posters.person_poster,
        name="person-poster",
    ),
]
