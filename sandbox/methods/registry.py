"""Which function answers which method."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sandbox.parameters import Parameters
from sandbox.webhook import Webhook
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Done:
    """True with words, as the methods about webhooks answer."""

    description: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method: the world it acts on and what was asked."""

    world: World
    webhook: Webhook
    parameters: Parameters


Method = Callable[[Call], Awaitable[Any]]
METHODS: dict[str, Method] = {}


def method(function: Method) -> Method:
    """Serve the method that the function is named after: ``send_photo`` is sendPhoto."""
    METHODS[function.__name__.replace("_", "")] = function
    return function
