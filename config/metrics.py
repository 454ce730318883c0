"""/metrics: what an operator watches, in Prometheus's text format.

Gauges alone, read from PostgreSQL and Redis when asked: no process counts anything, so any web
process gives the same answer. https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Letter, User
from feeds.meetings import STREAM
from feeds.store import ask, heart_beats
from moderation.models import Case, State
from notes.models import Image

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Gauge(NamedTuple):
    """A number with its name, what it means, and a label if it is one of several."""

    name: str
    meaning: str
    value: float
    label: str = ""


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answers whoever brings METRICS_TOKEN as a bearer token; without that setting, nobody."""
    offered = request.headers.get("Authorization", "").removeprefix("Bearer ")
    wanted = settings.METRICS_TOKEN
    if not wanted or not hmac.compare_digest(offered.encode(), wanted.encode()):
        raise Http404
    return HttpResponse(written(gauges()), content_type=CONTENT_TYPE)


def gauges() -> Iterator[Gauge]:
    """What stands in PostgreSQL and Redis now."""
    counted = dict(Case.objects.order_by().values_list("state").annotate(Count("pk")))
    for state in State.values:
        yield Gauge("cases", "Cases by state", counted.get(state, 0), f'state="{state}"')
    oldest = Case.objects.pending().order_by("opened_at").first()
    waited = (timezone.now() - oldest.opened_at).total_seconds() if oldest else 0
    yield Gauge("oldest_pending_seconds", "Age of the oldest case that waits", waited)
    rendering = Image.objects.filter(status=Image.Status.PROCESSING).count()
    yield Gauge("images_processing", "Pictures that are being made", rendering)
    yield Gauge("letters_due", "E-mails that wait to be sent", Letter.objects.due().count())
    yield Gauge("people", "Accounts that can log in", User.objects.filter(is_active=True).count())
    yield Gauge("worker_up", "Whether a worker's heart beats", heart_beats())
    yield from _lengths()
    yield Gauge("connections", "Connections to this database", _connections())


def written(found: Iterator[Gauge]) -> str:
    """The gauges as text; the meaning stands before the first of a name."""
    lines: dict[str, str] = {}
    for name, meaning, value, label in found:
        name = f"redleaf_{name}"
        lines.setdefault(name, f"# HELP {name} {meaning}.\n# TYPE {name} gauge\n")
        lines[name] += f"{name}{{{label}}} {value:g}\n" if label else f"{name} {value:g}\n"
    return "".join(lines.values())


def _lengths() -> Iterator[Gauge]:
    """How long the queues are; nothing while Redis is away."""
    queues = sorted({route["queue"] for route in settings.CELERY_TASK_ROUTES.values()})
    for queue in queues:
        length = ask(lambda redis, queue=queue: redis.llen(queue))  # type: ignore[misc]
        if isinstance(length, int):
            yield Gauge("queue_length", "Tasks that wait", length, f'queue="{queue}"')
    unwritten = ask(lambda redis: redis.xlen(STREAM))
    if isinstance(unwritten, int):
        yield Gauge("encounters_unwritten", "What was met and not yet written down", unwritten)


def _connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return int(cursor.fetchone()[0])
