"""Methods that receive updates, by polling or by webhook."""

from urllib.parse import urlsplit

from bot.sandbox.calls import Call
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.updates import CONFLICT_WEBHOOK, MAX_UPDATES
from bot.sandbox.values import as_list, as_text, without_none
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World

_SECRET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def _allow(world: World, call: Call) -> None:
    if call.has("allowed_updates"):
        world.updates.allowed = [as_text(kind) for kind in as_list(call.params["allowed_updates"])]


async def get_updates(world: World, call: Call) -> object:
    """Answer getUpdates, at once or when something happens."""
    if world.webhook is not None:
        raise ApiError(409, CONFLICT_WEBHOOK)
    _allow(world, call)
    return await world.updates.poll(
        call.number("offset"), call.number("limit", MAX_UPDATES), call.number("timeout")
    )


async def set_webhook(world: World, call: Call) -> object:
    """Answer setWebhook; an empty address removes it."""
    if not call.text("url"):
        return await delete_webhook(world, call)
    _check_address(call.text("url"))
    secret = call.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not _SECRET.issuperset(secret):
        raise bad_request("secret token contains unallowed characters")
    _allow(world, call)
    await _replace(world, call, None)
    connections = min(max(call.number("max_connections", 40), 1), 100)
    await _replace(world, call, Webhook(world.updates, call.text("url"), secret, connections))
    return True


async def delete_webhook(world: World, call: Call) -> object:
    """Answer deleteWebhook."""
    await _replace(world, call, None)
    return True


async def _replace(world: World, call: Call, webhook: Webhook | None) -> None:
    if world.webhook is not None:
        await world.webhook.stop()
    if call.flag("drop_pending_updates"):
        world.updates.drop_pending()
    world.webhook = webhook
    if webhook is not None:
        world.updates.end_poll_for_webhook()
        webhook.start()
    world.on_change()


def _check_address(url: str) -> None:
    """Refuse what Telegram would, but allow plain HTTP on this very machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host, parts = None, urlsplit("")
    if not host or parts.scheme not in {"http", "https"}:
        raise bad_request("invalid webhook URL specified")
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


async def get_webhook_info(world: World, call: Call) -> object:  # noqa: ARG001  # every method's shape
    """Answer getWebhookInfo."""
    webhook = world.webhook
    return without_none(
        url=webhook.url if webhook else "",
        has_custom_certificate=False,
        pending_update_count=len(world.updates.pending),
        max_connections=webhook.max_connections if webhook else None,
        last_error_date=webhook.last_error_date if webhook else None,
        last_error_message=webhook.last_error if webhook else None,
        allowed_updates=world.updates.allowed or None,
    )
