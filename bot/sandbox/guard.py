"""Who may speak to the sandbox: this machine's own pages and programs, and no other web page.

A browser sends a page's requests wherever the page likes. A name that its owner lets point here
(DNS rebinding) gives itself away by the Host header, another site by Origin or Sec-Fetch-Site.
"""

import ipaddress
import secrets
import socket
from pathlib import Path
from urllib.parse import urlsplit

from starlette.types import Scope, Send

BOT_ID = 7_000_000_001
TOKEN_FILE = "token"  # noqa: S105  a file's name
ONLY_OWNER = 0o600
OWN_SITES = frozenset({"", "none", "same-origin"})
REFUSED = (
    "Not from here: open the sandbox by the address it printed. "
    "A name of this machine is let in by HTTP_HOST.\n"
)


def new_token() -> str:
    """Return a token that nobody knows yet."""
    return f"{BOT_ID}:{secrets.token_urlsafe(24)}"


def kept_token(folder: Path) -> str:
    """Return the token of the sandbox in *folder*, made anew at its first start."""
    file = folder / TOKEN_FILE
    if file.exists():
        return file.read_text(encoding="ascii").strip()
    folder.mkdir(parents=True, exist_ok=True)
    token = new_token()
    file.touch(mode=ONLY_OWNER)
    file.write_text(token, encoding="ascii")
    return token


def is_welcome(scope: Scope, names: frozenset[str]) -> bool:
    """Return whether a request comes from this machine's own pages or from a program.

    Addresses in digits are let in: nobody can make a page of theirs answer under one. *names* are
    the host names that are let in besides ``localhost`` and this machine's own.
    """
    headers = _headers(scope)
    host = headers.get("host", "")
    if not _is_own(host, names):
        return False
    if headers.get("sec-fetch-site", "") not in OWN_SITES and not _is_navigation(scope, headers):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == host


async def refuse(send: Send) -> None:
    """Answer that the request came from elsewhere."""
    body = REFUSED.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
    ]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _headers(scope: Scope) -> dict[str, str]:
    return {
        name.decode("latin-1").lower(): value.decode("latin-1").strip().lower()
        for name, value in scope["headers"]
    }


def _is_navigation(scope: Scope, headers: dict[str, str]) -> bool:
    """Return whether somebody follows a link to the page itself, which shows nothing to others."""
    return (
        scope["method"] == "GET"
        and scope["path"] == "/"
        and headers.get("sec-fetch-mode") == "navigate"
    )


def _is_own(host: str, names: frozenset[str]) -> bool:
    if not host:
        return True  # a program that speaks HTTP/1.0; browsers always say it
    name = urlsplit(f"//{host}").hostname or ""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        own = {"localhost", socket.gethostname().lower(), *names}
        return name in own or name.endswith(".localhost")
    return True
