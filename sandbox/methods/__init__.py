"""The methods of the Bot API, by lower-case name."""

from sandbox.methods import (
    callbacks,
    chats,
    copying,
    editing,
    inline,
    locations,
    profile,
    receiving,
    sending,
)
from sandbox.methods.registry import METHODS

__all__ = [
    "METHODS",
    "callbacks",
    "chats",
    "copying",
    "editing",
    "inline",
    "locations",
    "profile",
    "receiving",
    "sending",
]
