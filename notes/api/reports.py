"""The API of reports: notes, comments and people."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authentication import person
from accounts.models import User
from accounts.words import whole_number
from moderation.actions import case_of_person, report
from moderation.models import Case, Report
from moderation.serializers import NewReportSerializer, ReportSerializer
from notes.api.finding import find_comment, find_note


class ReportsView(generics.ListAPIView):
    """One's own reports, latest first; what somebody may not see they cannot report."""

    needs_person = True
    serializer_class = ReportSerializer

    def get_queryset(self) -> QuerySet[Report]:
        return Report.objects.by(person(self.request)).select_related("case")

    @extend_schema(request=NewReportSerializer, responses={201: ReportSerializer})
    def post(self, request: Request) -> Response:
        reporter = person(request)
        serializer = NewReportSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        said = serializer.validated_data
        case = reported_case(request, said["kind"], said["id"])
        made = report(case, reporter, said["reason"], said["detail"])
        return Response(ReportSerializer(made).data, status=status.HTTP_201_CREATED)


def reported_case(request: Request, kind: str, name: str) -> Case:
    """The case of what a reader names, if they may see it. Raises Http404."""
    if kind == "user":
        named = User.objects.visible(request.user).filter(username=User.normalize_username(name))
        if (found := named.first()) is None:
            raise Http404
        return case_of_person(found)
    pk = whole_number(name)
    if pk is None:
        raise Http404
    return find_note(request, pk).case if kind == "note" else find_comment(request, pk).case
