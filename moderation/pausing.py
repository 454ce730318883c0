"""The pause before posting: which rule a writer may want to think of."""

from moderation.policy import Outcome, Submission, judge
from moderation.rulebook import load_rulebook, localised

# Heat that is worth a second thought although it breaks no rule; fair disagreement is cooler.
HOT = 0.5


def rule_to_think_of(text: str) -> str:
    """The rule that a text may break, "" for one that need not wait."""
    ruling = judge(Submission("pause", text, author_age_days=365.0, author_published_count=100))
    if ruling.outcome is not Outcome.PUBLISH:
        return ruling.rule
    if ruling.tension >= HOT:
        return max(ruling.scores, key=lambda rule: ruling.scores[rule])
    return ""


def hint(rule: str, language: str) -> str:
    """One sentence, in the writer's language."""
    return str(localised(load_rulebook().rule(rule).principle, language))
