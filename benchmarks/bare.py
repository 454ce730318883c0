"""The limit: Django with one view, one kilobyte and nothing else."""

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ROOT_URLCONF="benchmarks.bare", ALLOWED_HOSTS=["*"], SECRET_KEY="bare")


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"x" * 1024)


urlpatterns = [path("", bare)]
application = WSGIHandler()
