"""A local Telegram: a Bot API server and a chat page for invented people.

It knows nothing of the bot that talks to it.
"""

from sandbox.driver import Driver, buttons, shown
from sandbox.errors import Refused
from sandbox.faults import Faults
from sandbox.people import FRIENDS, Chat, Person
from sandbox.phone import Asked
from sandbox.server import TOKEN, Sandbox

__all__ = [
    "FRIENDS",
    "TOKEN",
    "Asked",
    "Chat",
    "Driver",
    "Faults",
    "Person",
    "Refused",
    "Sandbox",
    "buttons",
    "shown",
]
