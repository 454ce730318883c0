"""Doorbells of the app: an id in, one call, safe to run twice."""

from celery import shared_task

from moderation.judging import judge_case, judge_overdue, judge_profiles
from moderation.sampling import draw_unsure as draw_unsure_cases
from moderation.sanctioning import end_due


@shared_task(name="moderation.judge")
def judge(case_id: int) -> None:
    judge_case(case_id)


@shared_task(name="moderation.sweep")
def sweep() -> None:
    judge_overdue()


@shared_task(name="moderation.judge_profiles")
def judge_new_profiles() -> None:
    judge_profiles()


@shared_task(name="moderation.end_sanctions")
def end_sanctions() -> None:
    end_due()


@shared_task(name="moderation.draw_unsure")
def draw_unsure() -> None:
    draw_unsure_cases()
