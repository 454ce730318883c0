"""The page for our own failures: it may need nothing that could have failed."""

from django.test import RequestFactory

from config.views import server_error


def test_a_failure_is_told_without_the_database(rf: RequestFactory) -> None:
    answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "<h1>Something went wrong on our side</h1>" in answer.content.decode()
