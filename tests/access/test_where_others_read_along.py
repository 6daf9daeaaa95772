"""In groups: what the table keeps private is not shown there, whoever presses."""

from handlers.access import BUTTONS, COMMANDS
from handlers.taps import pack
from tests.access.cases import everything_said, kinds, made
from tests.access.world import World

PRIVATE = "Please ask me in our private chat: others can read this one."
OLD = "This button is out of date."
OTHER = "This is not open to your role."


def test_a_group_hears_nothing_of_what_is_private(world: World) -> None:
    admin = world.people["admin"]
    group = world.centre.group("North chat", admin)
    admin.send("/team North", to=group)
    message = group.messages[-1].message_id
    told = len(group.messages)
    for kind in kinds():
        for said in everything_said(kind):
            if not BUTTONS[kind][said].groups:
                data = pack(made(kind, said, world.north, "admin"))
                heard = admin.forge(data, message, to=group)
                assert heard in (PRIVATE, OLD, OTHER), (kind, said, heard)
    assert len(group.messages) == told
    for name, rule in COMMANDS.items():
        if not rule.groups:
            admin.send(f"/{name}", to=group)
            assert group.text in (PRIVATE, OTHER), name
