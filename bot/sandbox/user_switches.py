"""User-side API for tests: waiting, trouble on request, the call journal, the send limits."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from bot.sandbox.answers import WAIT_SECONDS, UserError, answering, number_of, read_json, text_of
from bot.sandbox.faults import KINDS
from bot.sandbox.values import as_flag
from bot.sandbox.world import World


class _Switches:
    def __init__(self, world: World) -> None:
        self._world = world

    async def wait(self, request: Request) -> object:
        query = request.query_params
        number = number_of(query.get("update"), "update")
        try:
            seconds = float(query.get("timeout", WAIT_SECONDS))
        except ValueError as error:
            raise UserError(400, '"timeout" must be a number of seconds') from error
        return {"handled": await self._world.updates.handled(number, seconds)}

    async def add_fault(self, request: Request) -> object:
        source = await read_json(request)
        method, kind = text_of(source.get("method"), "method"), source.get("kind")
        if kind not in KINDS:
            raise UserError(400, f'"kind" must be one of {", ".join(KINDS)}')
        number = self._world.faults.add(
            method,
            str(kind),
            times=number_of(source.get("times", 1), "times"),
            retry_after=number_of(source.get("retry_after", 3), "retry_after"),
            chat=number_of(source["chat"], "chat") if source.get("chat") is not None else None,
        )
        return {"id": number}

    async def clear_faults(self, request: Request) -> object:  # noqa: ARG002  # Starlette's shape
        self._world.faults.clear()
        return {"cleared": True}

    async def calls(self, request: Request) -> object:
        return self._world.journal.calls(request.query_params.get("method", ""))

    async def limits(self, request: Request) -> object:
        source = await read_json(request)
        self._world.limits.enforce = as_flag(source.get("enforce"))
        return {"enforce": self._world.limits.enforce}


def switch_routes(world: World) -> list[BaseRoute]:
    """Return the routes that tests turn the sandbox's knobs with."""
    switches = _Switches(world)
    return [
        Route("/sandbox/wait", answering(switches.wait)),
        Route("/sandbox/faults", answering(switches.add_fault), methods=["POST"]),
        Route("/sandbox/faults", answering(switches.clear_faults), methods=["DELETE"]),
        Route("/sandbox/calls", answering(switches.calls)),
        Route("/sandbox/limits", answering(switches.limits), methods=["POST"]),
    ]
