"""API addresses of the feeds."""

from django.urls import path

from feeds import api, feed_api, notification_api
from feeds.archive import pages as archive
from feeds.exchange import api as exchange
from feeds.search import api as search

urlpatterns = [
    path("feeds/home/", api.HomeView.as_view()),
    path("notes/<int:pk>/why/", feed_api.WhyView.as_view()),
    path("notes/<int:pk>/less/", feed_api.LessView.as_view()),
    path("notes/<int:pk>/related/", feed_api.RelatedView.as_view()),
    path("me/feed/", feed_api.TasteView.as_view()),
    path("me/feed/profile/", feed_api.TasteProfileView.as_view()),
    path("feeds/following/", api.FollowingView.as_view()),
    path("feeds/explore/", api.ExploreView.as_view()),
    path("search/", search.SearchView.as_view()),
    path("search/suggest/", search.SuggestView.as_view()),
    path("me/searches/", search.SearchesView.as_view()),
    path("me/searches/<int:pk>/", search.OneSearchView.as_view()),
    path("exchange/", exchange.PromptsView.as_view()),
    path("exchange/greetings/", exchange.GreetingsView.as_view()),
    path("exchange/<int:pk>/", exchange.PromptView.as_view()),
    path("me/export/", archive.ExportsView.as_view()),
    path("me/export/<int:pk>/", archive.ExportView.as_view()),
    path("notifications/", notification_api.NotificationsView.as_view()),
    path("notifications/read/", notification_api.ReadNotificationsView.as_view()),
    path("notifications/unread/", notification_api.UnreadView.as_view()),
]
