"""API addresses of moderation."""

from django.urls import path

from moderation import api

urlpatterns = [
    path("decisions/", api.DecisionsView.as_view()),
    path("decisions/<int:pk>/", api.DecisionView.as_view()),
    path("rules/", api.RulesView.as_view()),
]
