"""The page and the API of exports, and the file itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person
from accounts.models import Export
from accounts.requests import PersonRequest, is_partial, signed_in
from feeds.archive.asking import ask_for_export, export_of, link_of
from notes.actions import quota_used


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: PersonRequest) -> Any:
    """Ask for a file with everything; see how far it is."""
    if request.method == "POST":
        ask_for_export(request.user)
        return redirect("export-settings")
    export = request.user.exports.order_by("pk").last()
    count, size = quota_used(request.user)
    room = {"most": settings.IMAGE_QUOTA_COUNT, "room": settings.IMAGE_QUOTA_BYTES}
    asked = {"export": export, "link": export and link_of(export), "section": "export"}
    context = asked | {"count": count, "size": size} | room
    part = "accounts/settings/_export.html"
    return render(
        request, part if is_partial(request) else "accounts/settings/export.html", context
    )


@require_safe
def download(request: HttpRequest, link: str) -> HttpResponseBase:
    """The file behind a signed link."""
    export = export_of(link)
    if export is None:
        raise Http404
    try:
        file = default_storage.open(export.file)
    except FileNotFoundError:
        raise Http404 from None
    name = f"redleaf-{export.user.username}.zip"
    response = FileResponse(file, as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


class ExportSerializer(serializers.ModelSerializer):
    """An export; `url` once it is ready."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = Export
        fields = ("id", "state", "progress", "size", "created_at", "finished_at", "url")

    def get_url(self, export: Export) -> str | None:
        link = link_of(export)
        return link and self.context["request"].build_absolute_uri(link)


class ExportsView(APIView):
    """Have everything put into one zip."""

    @extend_schema(request=None, responses={202: ExportSerializer})
    def post(self, request: Request) -> Response:
        export = ask_for_export(person(request))
        data = ExportSerializer(export, context={"request": request}).data
        return Response(data, status=status.HTTP_202_ACCEPTED)


class ExportView(APIView):
    """How far an export is, and where to download it."""

    needs_person = True

    @extend_schema(responses=ExportSerializer)
    def get(self, request: Request, pk: int) -> Response:
        mine = Export.objects.filter(user=person(request))
        export = get_object_or_404(mine, pk=min(pk, 2**63 - 1))
        return Response(ExportSerializer(export, context={"request": request}).data)
