"""The one table of thresholds, for every language: from scores to outcomes."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache

from moderation.lexicon import RULES


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Per rule: the least score of each outcome, the factor of each scope, the heat it adds."""

    outcomes: dict[str, dict[str, float]]
    scopes: dict[str, dict[str, float]]
    heat: dict[str, float]
    version: str

    def least(self, rule: str) -> float:
        """The score at which a rule begins to have an outcome."""
        return min(self.outcomes[rule].values())


@cache
def load_thresholds() -> Thresholds:
    """The table of rules/thresholds.toml."""
    table = tomllib.loads((RULES / "thresholds.toml").read_text(encoding="utf-8"))
    scopes = {rule: table["scopes"] | table["scopes_of"].get(rule, {}) for rule in table["rules"]}
    return Thresholds(table["rules"], scopes, table["heat"], f"{table['name']}+{_data_hash()}")


def _data_hash() -> str:
    digest = hashlib.sha256()
    for path in sorted(RULES.rglob("*.toml")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:8]
