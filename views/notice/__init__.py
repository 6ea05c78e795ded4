"""What the marketplace owes someone, in words."""

from views.notice.message import screen
from views.notice.parts import renter_stars

__all__ = ["renter_stars", "screen"]
