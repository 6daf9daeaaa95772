"""Waiting that something else may end."""

import asyncio


async def pause(seconds: float, *, until: asyncio.Event) -> bool:
    """Wait that long or until the event; return whether the event has come."""
    try:
        await asyncio.wait_for(until.wait(), seconds)
    except TimeoutError:
        return False
    return True
