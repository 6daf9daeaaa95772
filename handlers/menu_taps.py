"""Buttons that stand for a command, such as the one that offers another contact to score."""

from collections.abc import Sequence

from handlers.access import admit, rule_of_command
from handlers.refusals import OutOfDate
from handlers.routing import Command, Press, press
from handlers.taps import MenuTap
from handlers.turn import Turn


def press_of(commands: Sequence[Command]) -> Press:
    """Return the entry for such buttons; each is checked as if its command had been typed."""
    by_name = {command.name: command for command in commands}

    async def run(turn: Turn, tap: MenuTap) -> None:
        command = by_name.get(tap.command)
        if command is None:
            raise OutOfDate
        admit(turn, rule_of_command(command.name))
        await turn.toast()
        await command.action(turn)

    return press(MenuTap, run)
