"""What the sandbox refuses, in the words Telegram would use."""

from bot.sandbox.values import JsonObject


class ApiError(Exception):
    """An answer with ``ok: false``: status, description and Telegram's ResponseParameters."""

    def __init__(self, code: int, description: str, parameters: JsonObject | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> JsonObject:
        """Return the Bot API envelope of this error."""
        envelope: JsonObject = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            envelope["parameters"] = self.parameters
        return envelope


def bad_request(why: str, parameters: JsonObject | None = None) -> ApiError:
    """Return a 400 whose description starts with Telegram's ``Bad Request: ``."""
    return ApiError(400, f"Bad Request: {why}", parameters)


def forbidden(why: str) -> ApiError:
    """Return a 403 whose description starts with Telegram's ``Forbidden: ``."""
    return ApiError(403, f"Forbidden: {why}")


def too_many_requests(seconds: int) -> ApiError:
    """Return a 429 that asks to wait ``seconds``."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
