"""uvicorn's protocol, and who speaks it: loaded when the first connection comes."""

import asyncio
from typing import TYPE_CHECKING

import uvicorn
from starlette.types import ASGIApp
from uvicorn.server import ServerState

if TYPE_CHECKING:
    from uvicorn.server import Protocols


class Speaking:
    """The connections of one ASGI application and the requests under way."""

    def __init__(self, app: ASGIApp) -> None:
        self._state = ServerState()
        self._config = uvicorn.Config(
            app,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            ws="none",
            timeout_keep_alive=75,
        )
        self._config.load()

    def protocol(self) -> asyncio.Protocol:
        """Return the protocol for a new connection."""
        return self._config.http_protocol_class(  # type: ignore[call-arg]  # as uvicorn calls it
            config=self._config, server_state=self._state, app_state={}
        )

    @property
    def connections(self) -> "set[Protocols]":
        """Return the connections that are open."""
        return self._state.connections

    @property
    def tasks(self) -> "set[asyncio.Task[None]]":
        """Return the requests that are being answered."""
        return self._state.tasks
