"""Pages of moderation."""

from django.urls import path

from moderation import views

urlpatterns = [path("rules/", views.rules, name="rules")]
