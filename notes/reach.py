"""Where a note can be met, told from who it is for and what moderation decided."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether others meet a note by its link, as followers, in Explore, in search."""

    link: bool
    followers: bool
    explore: bool
    search: bool


def reach_of(
    audience: str, state: str, account_is_private: bool = False, account_is_limited: bool = False
) -> Reach:
    """Return where a note of this audience and state is shown to others than its author.

    A private account is read by its followers alone, whatever its notes say; a limited one is
    recommended to nobody.
    """
    shown = state in ("published", "limited")
    public = shown and audience == "public" and not account_is_private
    recommended = public and state == "published" and not account_is_limited
    return Reach(
        link=public,
        followers=shown and audience != "private",
        explore=recommended,
        search=recommended,
    )
