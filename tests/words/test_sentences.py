"""How sentences stand in the code: whole, as they are, where they can be gathered."""

import ast
from collections.abc import Iterator
from pathlib import Path

from handlers.locales.catalogues import CODE, FORMS, called, calls, sentences

LOOKED_UP = (ast.Name, ast.Attribute, ast.Subscript)


def _is_looked_up(sentence: ast.expr) -> bool:
    """Return whether a sentence marked elsewhere with ``N_`` is taken from there."""
    return isinstance(sentence, LOOKED_UP) or (
        isinstance(sentence, ast.Call) and called(sentence) == "get"
    )


def _loose(folder: Path) -> Iterator[str]:
    """Yield the calls whose sentence is put together on the way, so that it is not gathered."""
    for path in sorted(folder.rglob("*.py")):
        for call, found in calls(path):
            marked = FORMS[called(call)] == 1 and _is_looked_up(call.args[0])
            if not found and not marked:
                yield f"{path.name}:{call.lineno}: {ast.unparse(call)}"


def test_sentences_stand_where_they_are_said() -> None:
    """They are literals, or marked by N_; not chosen, not put together, not handed on."""
    assert list(_loose(CODE)) == []


def test_sentences_put_together_are_noticed(tmp_path: Path) -> None:
    told = [
        't(f"Hello, {name}")',
        't("Yes" if agreed else "No")',
        't("Hello, " + name)',
        "t.plural(*both, count)",
        "t.plural(one, many, count)",
    ]
    (tmp_path / "greeting.py").write_text("\n".join(told), "utf-8")
    assert len(list(_loose(tmp_path))) == len(told)


def test_sentences_are_gathered_from_every_kind_of_call(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "greeting.py").write_text(
        'turn.t("plain {x}", x=t("inner"))\n'
        't.html("<b>bold</b>")\n'
        't.plural("one", "many", count, score=figure(t, value))\n'
        'ABOUT = N_("split "\n"in two")\n'
        "t(ABOUT)\n"
        'both = "a word", "words"\n'
        "t.plural(*both, count)\n",
        "utf-8",
    )
    expected = {
        "plain {x}",
        "inner",
        "<b>bold</b>",
        ("one", "many"),
        "split in two",
        ("a word", "words"),
    }
    assert sentences(tmp_path) == expected
