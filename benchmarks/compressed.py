"""Redleaf behind a proxy that compresses its pages, as `deploy/nginx.conf` does."""

from django.conf import settings

settings.MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *settings.MIDDLEWARE]

from config.wsgi import application  # noqa: E402, F401 - with the line above
