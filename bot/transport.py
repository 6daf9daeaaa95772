"""Bot API calls over aiohttp, with errors that say whether a call can have been carried out."""

from functools import lru_cache
from types import TracebackType
from typing import Self

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

CONNECTIONS = 65
"""As many as handling takes, and one for the poll that waits for updates."""
CONNECT_SECONDS = 10.0
POOL_SECONDS = 10.0
READ_SECONDS = 20.0
UPLOAD_SECONDS = 60.0
JSON = {"Content-Type": "application/json"}
KEEP_ALIVE_SECONDS = 30.0
"""Shorter than the server's, so that it seldom closes a connection just as it is used again."""


class NotSentError(NetworkError):
    """The call cannot have been carried out: there was no connection to send it over."""


class NotSentInTimeError(TimedOut):
    """The same, because no connection came about in time."""


class AnswerLostError(NetworkError):
    """The connection broke after the call was sent: nobody knows whether it was carried out."""


NOT_SENT = (NotSentError, NotSentInTimeError)


class AiohttpRequest(BaseRequest):
    """The transport of all bot traffic; its session is opened in the loop that uses it."""

    def __init__(self, *, connections: int = CONNECTIONS, read_seconds: float = READ_SECONDS):
        self._connections = connections
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Return how many seconds a call waits for its answer unless told otherwise."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Open the session, unless it is open."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS
            )
            # The Bot API sets no cookies, and its answers are short: packing them costs more.
            self._session = aiohttp.ClientSession(
                connector=connector,
                raise_for_status=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                skip_auto_headers=("Accept-Encoding", "User-Agent"),
            )

    async def shutdown(self) -> None:
        """Close the session and its connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def __aenter__(self) -> Self:
        """Open the session."""
        await self.initialize()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        """Close the session."""
        await self.shutdown()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one HTTP request and return the status and the body.

        Raises ``NotSentError``, ``NotSentInTimeError``, ``TimedOut`` or ``AnswerLostError``.
        """
        if self._session is None:
            raise RuntimeError("the transport is not open")
        uploads = request_data is not None and request_data.contains_files
        timeout = _timeout(
            connect=_given(connect_timeout, CONNECT_SECONDS),
            pool=_given(pool_timeout, POOL_SECONDS),
            read=_given(read_timeout, self._read_seconds),
            write=_given(write_timeout, UPLOAD_SECONDS if uploads else 0.0),
        )
        body, kind = (None, None) if request_data is None else _body(request_data)
        try:
            async with self._session.request(
                method, _parsed(url), data=body, headers=kind, timeout=timeout
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as error:
            raise _not_sent(error) from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise AnswerLostError(f"no answer: {type(error).__name__}") from None


@lru_cache(maxsize=256)
def _parsed(url: str) -> URL:
    """Return the address, taken apart once for each method."""
    return URL(url)


def _not_sent(error: Exception) -> NetworkError:
    """Return the error that says so; the original may hold the address, and with it the token."""
    if isinstance(error, TimeoutError):
        return NotSentInTimeError("no connection in time")
    return NotSentError(f"no connection: {type(error).__name__}")


def _given(value: ODVInput[float], default: float) -> float | None:
    if isinstance(value, DefaultValue):
        return default
    return value


def _timeout(
    *, connect: float | None, pool: float | None, read: float | None, write: float | None
) -> aiohttp.ClientTimeout:
    """Return the limits as aiohttp takes them.

    Its ``connect`` covers waiting for a free connection and making it; sending has no limit of its
    own, so that the whole may take as long as all the parts together.
    """
    acquire = None if connect is None or pool is None else connect + pool
    total = None if acquire is None or read is None or write is None else acquire + read + write
    return aiohttp.ClientTimeout(total=total, connect=acquire, sock_connect=connect, sock_read=read)


def _body(data: RequestData) -> tuple[bytes | aiohttp.FormData, dict[str, str] | None]:
    """Return the parameters as Telegram reads them with the least work, and their type."""
    if not data.contains_files:
        return data.json_payload, JSON
    # Names of files go as they are: escaped, they would arrive as %D0%9E….
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, part in data.multipart_data.items():
        filename, content, mime = part
        form.add_field(name, content, filename=filename, content_type=mime)
    return form, None
