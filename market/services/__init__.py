"""What people can do: each method fetches, decides and saves in the unit it joins."""

from market.services.services import Market, Services

__all__ = ["Market", "Services"]
