"""Trouble on request: what shall go wrong with which call."""

from dataclasses import dataclass

from bot.sandbox.errors import ApiError, forbidden, too_many_requests
from bot.sandbox.values import JsonObject, as_int

KINDS = (
    "429",
    "500",
    "502_html",
    "refuse",
    "timeout_before",
    "timeout_after",
    "malformed",
    "403",
    "drop_after",
)
# These happen after the call was carried out.
AFTER = ("timeout_after", "drop_after")


@dataclass(slots=True)
class Fault:
    """One kind of trouble for the next ``times`` calls of a method (``*``: any).

    With ``chat`` it meets only calls about that chat.
    """

    id: int
    method: str
    kind: str
    times: int
    retry_after: int
    chat: int | None

    @property
    def answered(self) -> int | None:
        """Return the HTTP status the caller sees, 0 for none, None for the call's own."""
        if self.error() is not None:
            return None
        return {"malformed": 200, "502_html": 502}.get(self.kind, 0)

    def error(self) -> ApiError | None:
        """Return the ordinary refusal that this fault is, None if it is a stranger one."""
        if self.kind == "429":
            return too_many_requests(self.retry_after)
        if self.kind == "403":
            return forbidden("bot was blocked by the user")
        if self.kind == "500":
            return ApiError(500, "Internal Server Error")
        return None


class FaultSwitch:
    """The faults that are still to happen."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._next_id = 1

    def add(self, method: str, kind: str, times: int, retry_after: int, chat: int | None) -> int:
        """Order a fault and return its number."""
        fault = Fault(self._next_id, method.lower(), kind, times, retry_after, chat)
        self._next_id += 1
        self._faults.append(fault)
        return fault.id

    def clear(self) -> None:
        """Let everything go right again."""
        self._faults.clear()

    def take(self, method: str, params: JsonObject) -> Fault | None:
        """Return the fault that this call meets, counting it down."""
        for fault in self._faults:
            if fault.method in {"*", method.lower()} and _same_chat(fault.chat, params):
                fault.times -= 1
                if fault.times <= 0:
                    self._faults.remove(fault)
                return fault
        return None


def _same_chat(chat: int | None, params: JsonObject) -> bool:
    if chat is None:
        return True
    given = params.get("chat_id")
    return chat == (
        int(given) if isinstance(given, str) and given.lstrip("-").isdigit() else as_int(given)
    )
