"""Opening cases, reporting them, deciding on them as a person, appealing. Writes only."""

from moderation.actions.asking import (
    ANSWERED_WITHIN,
    APPEALED_WITHIN,
    appeal,
    case_of_person,
    report,
)
from moderation.actions.cases import (
    change_readers,
    close_case,
    make_ready,
    open_case,
)
from moderation.actions.deciding import (
    REASON_LENGTH,
    answer_appeal,
    claim,
    claim_next,
    decide_by_hand,
    look,
    release,
)
from moderation.actions.lists import add_image, add_word, retire
from moderation.actions.sanctions import (
    lift_sanction,
    sanction,
    second_ban,
    verdict_of_letter,
)

__all__ = [
    "ANSWERED_WITHIN",
    "APPEALED_WITHIN",
    "REASON_LENGTH",
    "add_image",
    "add_word",
    "answer_appeal",
    "appeal",
    "case_of_person",
    "change_readers",
    "claim",
    "claim_next",
    "close_case",
    "decide_by_hand",
    "lift_sanction",
    "look",
    "make_ready",
    "open_case",
    "release",
    "report",
    "retire",
    "sanction",
    "second_ban",
    "verdict_of_letter",
]
