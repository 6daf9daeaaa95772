"""A small HTTP server inside the running event loop: no signal handlers, no waiting at its end."""

import asyncio
import contextlib
import socket

import uvicorn
from starlette.types import ASGIApp, Scope
from uvicorn.server import ServerState

_PATIENCE = 1.0


class HttpServer:
    """Serves an ASGI application on one address with uvicorn's protocol."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._state = ServerState()
        self._server: asyncio.Server | None = None
        self.address = ""

    async def start(self, host: str, port: int) -> None:
        """Listen; port 0 takes any free one. Raises OSError if the address is taken."""
        config = uvicorn.Config(
            self._app,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            ws="none",
            timeout_keep_alive=75,
        )
        config.load()

        def protocol() -> asyncio.Protocol:
            return config.http_protocol_class(  # type: ignore[call-arg]  # as uvicorn calls it
                config=config, server_state=self._state, app_state={}
            )

        loop = asyncio.get_running_loop()
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._server = await loop.create_server(protocol, host, port, family=family, backlog=1024)
        bound = self._server.sockets[0].getsockname()[1]
        shown = "127.0.0.1" if host in {"", "0.0.0.0"} else host  # noqa: S104  # only for showing
        self.address = f"http://[{shown}]:{bound}" if ":" in shown else f"http://{shown}:{bound}"

    def drop(self, scope: Scope) -> bool:
        """Close the connection that a request came by, at once; False if it is not ours."""
        for connection in self._state.connections:
            if getattr(connection, "client", None) == tuple(scope["client"] or ()):
                connection.transport.abort()
                return True
        return False

    async def stop(self) -> None:
        """Stop listening, let running requests finish for a second, close all connections."""
        if self._server is None:
            return
        self._server.close()
        for connection in tuple(self._state.connections):
            connection.shutdown()
        tasks = set(self._state.tasks)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=_PATIENCE)
            for task in late:
                task.cancel()
        for connection in tuple(self._state.connections):
            with contextlib.suppress(RuntimeError):
                connection.transport.abort()
        self._server = None
