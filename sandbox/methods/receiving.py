"""Methods by which the bot gets its updates."""

import re

from sandbox.errors import BadRequest, Conflict
from sandbox.links import is_secure
from sandbox.methods.registry import Call, Done, method
from sandbox.wire import Json

MOST_UPDATES = 100
SECRET_CHARACTERS = 256


@method
async def get_updates(call: Call) -> list[Json]:
    if call.webhook.url:
        raise Conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    limit = call.parameters.integer("limit") or MOST_UPDATES
    updates = call.world.updates
    _allow(call)
    return await updates.poll(
        offset=call.parameters.integer("offset") or 0,
        limit=min(max(limit, 1), MOST_UPDATES),
        seconds=call.parameters.number("timeout") or 0,
    )


@method
async def set_webhook(call: Call) -> Done:
    url = call.parameters.text("url")
    if not url:
        return await _remove_webhook(call)
    if not is_secure(url):
        raise BadRequest("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.parameters.text("secret_token")
    if len(secret) > SECRET_CHARACTERS:
        raise BadRequest("secret token is too long")
    if not re.fullmatch("[A-Za-z0-9_-]*", secret):
        raise BadRequest("secret token contains unallowed characters")
    _allow(call)
    if call.parameters.flag("drop_pending_updates"):
        call.world.updates.forget_all()
    call.world.updates.end_poll("terminated by setWebhook request")
    connections = call.parameters.integer("max_connections")
    changed = await call.webhook.set(url, secret, connections)
    return Done("Webhook was set" if changed else "Webhook is already set")


@method
async def delete_webhook(call: Call) -> Done:
    return await _remove_webhook(call)


async def _remove_webhook(call: Call) -> Done:
    if call.parameters.flag("drop_pending_updates"):
        call.world.updates.forget_all()
    was_set = await call.webhook.remove()
    return Done("Webhook was deleted" if was_set else "Webhook is already deleted")


@method
async def get_webhook_info(call: Call) -> Json:
    return call.webhook.info()


def _allow(call: Call) -> None:
    if call.parameters.has("allowed_updates"):
        call.world.updates.allow(call.parameters.array("allowed_updates"))
