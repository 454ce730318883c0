"""The API of accounts."""

from accounts.api.people import JSON_OR_FORM, find_person, reach_person

__all__ = ["JSON_OR_FORM", "find_person", "reach_person"]
