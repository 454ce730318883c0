"""Pages of moderation."""

from django.urls import path

from moderation import views

urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("transparency/", views.transparency, name="transparency"),
    path("transparency/figures.csv", views.transparency_table, name="transparency-table"),
    path("decisions/", views.decisions, name="decisions"),
    path("appeals/<str:token>/", views.appeal_by_letter, name="appeal-by-letter"),
    path("decisions/<int:pk>/appeal/", views.appeal, name="appeal"),
]
