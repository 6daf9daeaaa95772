"""The last calls of the Bot API, for tests and for the curious."""

from collections import deque

from bot.sandbox.calls import Call
from bot.sandbox.uploads import Upload
from bot.sandbox.values import JsonObject

KEPT = 2000


class Journal:
    """What was called with which parameters and how it was answered."""

    def __init__(self) -> None:
        self._calls: deque[JsonObject] = deque(maxlen=KEPT)

    def note(self, call: Call, status: int, at: float, refusal: str = "") -> None:
        """Remember a call; status 0 means that it got no answer, *refusal* says why it failed."""
        params = call.params
        if call.uploads:
            params = _without_bytes(params) | {
                name: one.summary() for name, one in call.uploads.items()
            }
        noted: JsonObject = {"method": call.method, "params": params, "status": status, "at": at}
        self._calls.append(noted | ({"refusal": refusal} if refusal else {}))

    def calls(self, method: str = "") -> list[JsonObject]:
        """Return the calls, oldest first, of one method or of all."""
        return [one for one in self._calls if not method or one["method"] == method]

    def forget(self) -> None:
        """Begin anew."""
        self._calls.clear()


def _without_bytes(params: JsonObject) -> JsonObject:
    return {
        name: value.summary() if isinstance(value, Upload) else value
        for name, value in params.items()
    }
