"""The inventory of personal data is whole, and erasure does what it says."""

from pathlib import Path

from sqlalchemy import BigInteger, Column, String

from storage.erasure import How
from storage.erasure_customers import CONTACT_COLUMNS
from storage.erasure_rules import RULES
from storage.inventory import PERSONAL, Fate, Whose, plain_columns
from storage.inventory_page import with_inventory
from storage.tables import Base

PAGE = Path(__file__).parents[2] / "docs" / "privacy.md"
FATES = {
    How.CLEARED: {Fate.EMPTIED, Fate.EMPTIED_OR_UNNAMED},
    How.UNNAMED: {Fate.UNNAMED, Fate.EMPTIED_OR_UNNAMED},
}
OF_PEOPLE = {"people.name", "people.folded", "people.telegram_id", "people.language"}
OF_PEOPLE |= {"people.name_key", "people.crossed", "people.external_key"}
OF_PEOPLE |= {"people.external_key_folded", "people.timezone", "pictures.file_id"}
"""Columns that are erased with the person's own row, or with every picture."""


def telling(column: Column[object]) -> bool:
    """Whether a column can hold words, or numbers of Telegram's."""
    return isinstance(column.type, String | BigInteger) and not column.foreign_keys


def columns() -> set[str]:
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if telling(column)
    }


def test_every_column_that_can_hold_words_is_decided_about() -> None:
    decided = set(PERSONAL) | plain_columns()
    missing = sorted(columns() - decided)
    assert not missing, f"decide in storage/inventory.py what becomes of {missing}"
    assert not sorted(decided - columns()), "the inventory speaks of columns that are not there"
    assert not set(PERSONAL) & plain_columns()


def test_the_page_is_as_the_code_has_it() -> None:
    text = PAGE.read_text(encoding="utf-8")
    hint = "run: python -m storage.inventory_page docs/privacy.md"
    assert with_inventory(text) == text, hint


def test_every_rule_of_erasure_is_in_the_inventory() -> None:
    for rule in RULES:
        for name in rule.columns:
            item = PERSONAL[f"{rule.table.name}.{name}"]
            assert item.fate in FATES[rule.how], f"{rule.table.name}.{name}"
    for name in CONTACT_COLUMNS:
        assert PERSONAL[f"contacts.{name}"].fate is Fate.EMPTIED


def test_whatever_the_inventory_erases_has_a_rule() -> None:
    cleared = {f"{one.table.name}.{name}" for one in RULES for name in one.columns}
    removed = {one.table.name for one in RULES if one.how is How.REMOVED}
    for name, item in PERSONAL.items():
        if item.whose is Whose.CUSTOMER or item.fate is Fate.KEPT or name in OF_PEOPLE:
            continue
        assert name in cleared or name.partition(".")[0] in removed, name


def test_emptied_or_unnamed_means_both() -> None:
    for name, item in PERSONAL.items():
        if item.fate is Fate.EMPTIED_OR_UNNAMED:
            table, _, column = name.partition(".")
            hows = {one.how for one in RULES if one.table.name == table and column in one.columns}
            assert hows == {How.CLEARED, How.UNNAMED}, name
