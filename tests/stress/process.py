"""The bot as a process of its own, which can be killed as a power cut would."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import variables

SECRET = "only-telegram-knows"  # noqa: S105  opens nothing but this trial
BROKEN = frozenset({"update_failed", "update_dropped", "update_not_handled", "delivery_broken"})


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@dataclass
class BotProcess:
    """``etalon run`` in *folder* against a Bot API at *address*; it logs to ``log.jsonl``."""

    folder: Path
    address: str
    token: str
    database: str
    webhook: bool = False
    port: int = field(default_factory=free_port)
    _nursery: subprocess.Popen[str] | None = None
    _child: int | None = None

    def start(self) -> None:
        """Begin a new process; it is not ready yet when this returns."""
        if self._nursery is None:
            self._nursery = self._open()
        asked, answered = self._nursery.stdin, self._nursery.stdout
        assert asked is not None
        assert answered is not None
        asked.write("start\n")
        asked.flush()
        self._child = int(answered.readline())

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._child is not None and _is_there(self._child)

    def kill(self) -> None:
        """End the process in the middle of whatever it does, without its noticing."""
        if self._child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._child, signal.SIGKILL)
        while _is_there(self._child):
            time.sleep(0.001)
        self._child = None

    def close(self) -> None:
        """End everything."""
        self.kill()
        if self._nursery is not None:
            with self._nursery:
                self._nursery.kill()

    def _open(self) -> subprocess.Popen[str]:
        with (self.folder / "log.jsonl").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.stress.nursery"],
                cwd=self.folder,
                env=self._environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def failures(self) -> list[str]:
        """Return what the log tells of mistakes of the program, of all processes so far."""
        lines = (self.folder / "log.jsonl").read_text().splitlines()
        return [_gist(one) for one in lines if "Traceback" in one or _event(one) in BROKEN]

    def _environment(self) -> dict[str, str]:
        ours = {name for name, _, _ in variables()}
        kept = {name: one for name, one in os.environ.items() if name not in ours}
        web = {"WEBHOOK_URL": f"http://127.0.0.1:{self.port}/telegram", "WEBHOOK_SECRET": SECRET}
        return {
            **kept,
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "TELEGRAM_BOT_TOKEN": self.token,
            "TELEGRAM_API_URL": self.address,
            "DATABASE_URL": self.database,
            "HTTP_PORT": str(self.port),
            "LOG_FORMAT": "json",
            **(web if self.webhook else {}),
        }


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _gist(line: str) -> str:
    """Return the event and how its error ends."""
    return f"{_event(line)}: …{line[-300:]}"


def _event(line: str) -> str:
    try:
        found = json.loads(line)
    except ValueError:
        return ""
    return str(found.get("event", "")) if isinstance(found, dict) else ""
