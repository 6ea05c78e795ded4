"""A lister's spaces: the list, one space, its rules, its calendar, and who looks after it."""

from views.spaces.acts import Act

__all__ = ["Act"]
