"""Requests of somebody who is known."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class PersonRequest(HttpRequest):
    """What a view gets behind `login_required`."""

    user: User
    htmx: HtmxDetails
