"""Every command and every typed text × everybody: allowed by the table, or refused."""

import pytest

from handlers.access import COMMANDS, FILES, TEXTS, Reach, Rule
from handlers.routes import routes
from scoring.roles import Role
from storage import awaiting
from storage.awaiting import Awaited
from storage.database import Transaction
from tests.access.sentences import is_denial, is_refusal
from tests.access.world import World
from tests.person import Person

ROLES = [one.value for one in Role]
MEMBERS = [*ROLES, "nobody"]
OUTSIDE = ["stranger", "deactivated"]
INVITED_ONLY = "personal invitation"

SUBJECTS = {
    "draft": "draft",
    "advice": "draft",
    "task.skip": "assignment",
    "contacts.comment": "contact",
    "dispute": "evaluation",
    "dispute_decision": "dispute",
    "goal.date": "agent",
    "targets.target": "team",
    "targets.weight": "team",
    "targets.new": "team",
}
"""What a text is about that is awaited; of the others nobody's team matters."""

DETAILS = {"goal.date": "1:0", "dispute_decision": "n", "targets.target": "aht_s", "dispute": "0"}


def may(rule: Rule, who: str) -> bool:
    return rule.everybody or (who in ROLES and Role(who) in rule.reach)


def test_the_table_names_every_command_and_every_awaited_text() -> None:
    table = routes()
    assert set(COMMANDS) == set(table.commands)
    assert set(TEXTS) == set(table.typed)


def test_the_menus_offer_what_the_table_allows() -> None:
    for name, command in routes().commands.items():
        assert (command.roles, command.in_groups) == (COMMANDS[name].roles, COMMANDS[name].groups)


@pytest.mark.parametrize("who", MEMBERS)
def test_commands_of_other_roles_are_refused_and_change_nothing(world: World, who: str) -> None:
    person = world.people[who]
    for name, rule in COMMANDS.items():
        before = len(person.messages)
        person.send(f"/{name}")
        if not may(rule, who):
            assert person.text == "This is not open to your role.", name
            assert len(person.messages) == before + 1, name
            assert not world.kept.changed(), name
        else:
            assert not is_denial(person.text), name
            assert "Something went wrong" not in person.text, name
        world.centre.delivered()
        world.kept.put_back()


@pytest.mark.parametrize("who", OUTSIDE)
def test_outside_every_command_leads_to_the_door(world: World, who: str) -> None:
    person = world.people[who]
    for name in COMMANDS:
        person.send(f"/{name}")
        assert INVITED_ONLY in person.text, name
        assert not world.kept.changed(), name
    person.send("Let me in")
    assert INVITED_ONLY in person.text
    person.upload("people.csv", "name,roles\nMe,admin\n")
    assert INVITED_ONLY in person.text
    assert not world.kept.changed()


def answer(world: World, person: Person, what: str, team: str) -> None:
    """Let the person answer what they were never asked, or may not be any more."""
    things = {"own": world.north, "other": world.south}[team]
    subject = things[SUBJECTS[what]] if what in SUBJECTS else 0

    async def expecting(tx: Transaction) -> None:
        expected = Awaited(what, subject, DETAILS.get(what, ""))
        await awaiting.expect(tx, person.person_id, expected)

    world.centre.write(expecting)
    person.send("Some words")


@pytest.mark.parametrize("who", MEMBERS)
def test_a_text_of_another_role_or_team_is_refused_and_changes_nothing(
    world: World, who: str
) -> None:
    person = world.people[who]
    for what, rule in TEXTS.items():
        for team in ("own", "other"):
            reach = rule.reach.get(Role(who)) if who in ROLES else None
            elsewhere = team == "other" and what in SUBJECTS and reach is not Reach.ALL
            if may(rule, who) and not elsewhere:
                continue
            answer(world, person, what, team)
            assert is_refusal(person.text), (what, team, person.text)
            assert not world.kept.changed(but={"awaiting", "audit_entries"}), (what, team)
            world.kept.put_back()


def test_files_are_refused_by_what_they_are(world: World) -> None:
    files = {
        "people.csv": ("name,roles\nNew One,agent\n", FILES["people"]),
        "contacts.csv": ("agent,channel,reference\nNorth Agent,call,77\n", FILES["contacts"]),
        "kpi.csv": ("agent,date,metric,value\nNorth Agent,2026-11-02,aht,9\n", FILES["kpi"]),
        "card.yaml": ("key: card\n", FILES["scorecard"]),
    }
    for who in MEMBERS:
        person = world.people[who]
        for name, (content, rule) in files.items():
            if may(rule, who) or may(FILES["material"], who):
                continue
            person.upload(name, content)
            assert is_refusal(person.text), (who, name, person.text)
            assert not world.kept.changed(), (who, name)


def test_an_admin_who_scores_nothing_hears_which_files_can_be_read(world: World) -> None:
    person = world.people["admin"]
    person.upload("holiday.pdf", b"%PDF-1.7")
    assert person.text.startswith("I can read scorecards (.yaml) and tables")
    assert not world.kept.changed()


def test_a_supervisors_figures_of_another_team_are_not_stored(world: World) -> None:
    person = world.people["supervisor"]
    person.upload("kpi.csv", "agent,date,metric,value\nSouth Agent,2026-11-02,aht_s,9\n")
    assert b"no agent" in person.document("rejected.csv")
    assert not world.kept.changed()


def test_names_of_another_team_tell_a_supervisor_nothing(world: World) -> None:
    person = world.people["supervisor"]
    for command in ("/team South", "/agent South Agent", "/export South", "/targets South"):
        person.send(command)
        assert is_refusal(person.text), (command, person.text)
        assert not world.kept.changed(but={"awaiting", "audit_entries"}), command
        world.kept.put_back()
