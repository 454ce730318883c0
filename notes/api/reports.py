"""The API of reports: notes, comments and people."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authentication import person
from moderation.actions import report
from moderation.models import Report
from moderation.serializers import NewReportSerializer, ReportSerializer
from notes.contents import find_content
from notes.reporting import case_of


class ReportsView(generics.ListAPIView):
    """One's own reports, latest first; what somebody may not see they cannot report."""

    needs_person = True
    serializer_class = ReportSerializer

    def get_queryset(self) -> QuerySet[Report]:
        return Report.objects.by(person(self.request)).select_related("case")

    @extend_schema(request=NewReportSerializer, responses={201: ReportSerializer, 404: None})
    def post(self, request: Request) -> Response:
        reporter = person(request)
        serializer = NewReportSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        said = serializer.validated_data
        case = case_of(find_content(reporter, said["kind"], said["id"]))
        made = report(case, reporter, said["reason"], said["detail"])
        return Response(ReportSerializer(made).data, status=status.HTTP_201_CREATED)
