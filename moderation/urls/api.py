"""API addresses of moderation."""

from django.urls import path

from moderation import api

urlpatterns = [
    path("decisions/", api.DecisionsView.as_view()),
    path("decisions/<int:pk>/", api.DecisionView.as_view()),
    path("decisions/<int:pk>/appeal/", api.AppealView.as_view()),
    path("pause/", api.PauseView.as_view()),
    path("rules/", api.RulesView.as_view()),
    path("transparency/", api.TransparencyView.as_view()),
]
