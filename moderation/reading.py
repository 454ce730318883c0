"""A submission as the signals see it: folded, repaired and shaped once for all of them."""

from dataclasses import dataclass

from moderation.evasion import repair
from moderation.shape import Shape, shape_of
from moderation.submission import Submission
from moderation.text import Folded, fold


@dataclass(frozen=True, slots=True)
class Reading:
    """One submission, its plain spelling and its concepts."""

    submission: Submission
    folded: Folded
    shape: Shape


def read(submission: Submission) -> Reading:
    """Prepare a submission for the sources of evidence."""
    folded = repair(fold(submission.text))
    return Reading(submission, folded, shape_of(folded.text))
