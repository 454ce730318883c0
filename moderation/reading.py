"""A submission as the signals see it: folded, repaired and shaped once for all of them."""

from dataclasses import dataclass

from moderation.evasion import repair
from moderation.scope import Surroundings, surroundings
from moderation.shape import Shape, shape_of
from moderation.submission import Submission
from moderation.text import Folded, fold


@dataclass(frozen=True, slots=True)
class Reading:
    """One submission, its plain spelling, its concepts and how they stand."""

    submission: Submission
    folded: Folded
    shape: Shape
    stand: Surroundings


def read(submission: Submission) -> Reading:
    """Prepare a submission for the sources of evidence."""
    folded = repair(fold(submission.text))
    shape = shape_of(folded.text)
    return Reading(submission, folded, shape, surroundings(folded.text, shape))
