"""The catalogues of translations: gathered from the code, translated by hand, compiled.

They hold no dates, line numbers or obsolete sentences, and stand in alphabetical order, so that a
change of a file shows what was translated and nothing else.
"""

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from handlers.words import DEFAULT_LANGUAGE, DOMAIN, FOLDER, LANGUAGES

TRANSLATED = tuple(language for language in LANGUAGES if language != DEFAULT_LANGUAGE)
CODE = Path(__file__).parents[1]
FORMS = {"t": 1, "html": 1, "plural": 2, "N_": 1}
"""The calls that take sentences, and how many of their first arguments are one."""

MessageId = str | tuple[str, ...]


def _english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


class _Catalogue(Catalog):
    """A catalogue whose header says only what a reader of the file needs."""

    def __iter__(self) -> Iterator[Message]:
        header = (
            f"Language: {self.locale}\n"
            "Content-Type: text/plain; charset=utf-8\n"
            f"Plural-Forms: {self.plural_forms}\n"
        )
        yield Message("", header)
        yield from sorted(self._messages.values(), key=_english)


def sentences(folder: Path = CODE) -> set[MessageId]:
    """Return every sentence in the modules of *folder*; of a plural, both forms.

    Babel's own extractor takes ``t.plural("…", "…", x=figure(t, y))`` for a call of ``t``.
    """
    return {
        sentence for path in folder.rglob("*.py") for _, found in calls(path) for sentence in found
    }


def calls(path: Path) -> Iterator[tuple[ast.Call, set[MessageId]]]:
    """Yield the calls in a module that take sentences, each with those that can be read there.

    The forms of a plural may be given as ``*both``, where the module assigns them to ``both``.
    """
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    named: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign):
            named.setdefault(ast.unparse(node.targets[0]), []).append(node.value)
    for node in nodes:
        if isinstance(node, ast.Call) and called(node) in FORMS:
            yield node, _read(node, named)


def _read(call: ast.Call, named: Mapping[str, list[ast.expr]]) -> set[MessageId]:
    forms = FORMS[called(call)]
    given = [call.args[:forms]]
    if forms > 1 and call.args and isinstance(call.args[0], ast.Starred):
        meant = named.get(ast.unparse(call.args[0].value), [])
        given = [one.elts for one in meant if isinstance(one, ast.Tuple)]
    texts = [tuple(_texts(one)) for one in given]
    return {one if forms > 1 else one[0] for one in texts if len(one) == forms}


def _texts(given: Iterable[ast.expr]) -> Iterator[str]:
    """Yield those of the texts given that stand there as they are."""
    for one in given:
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def called(call: ast.Call) -> str:
    """Return the name of what is called, without what stands before its last dot."""
    function = call.func
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def source(language: str) -> Path:
    """Return where the catalogue of *language* lies that people edit."""
    return FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def target(language: str) -> Path:
    """Return where the compiled catalogue of *language* lies."""
    return source(language).with_suffix(".mo")


def translations(language: str) -> Catalog:
    """Return the catalogue of *language* as it lies in its file; empty where there is none."""
    if not source(language).exists():
        return Catalog(language)
    with source(language).open("rb") as file:
        return read_po(file, language)


def gathered(language: str, wanted: Iterable[MessageId]) -> bytes:
    """Return the catalogue's file for the sentences *wanted*, with the translations there are."""
    known, catalogue = translations(language), _Catalogue(language, header_comment="# Etalon")
    for sentence in wanted:
        plural = not isinstance(sentence, str)
        before = known.get(sentence)
        keep = before is not None and before.pluralizable == plural
        catalogue.add(sentence, before.string if before is not None and keep else None)
    file = BytesIO()
    write_po(file, catalogue, width=0)
    return file.getvalue()


def compiled(language: str) -> bytes:
    """Return what the catalogue of *language* compiles to."""
    catalogue = _Catalogue(language)
    for message in translations(language):
        if message.id:
            catalogue.add(message.id, message.string)
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def untranslated(language: str) -> list[str]:
    """Return the sentences in the catalogue that lack a translation, or one of its forms."""
    every = [one for one in translations(language) if one.id]
    return [_english(one) for one in every if not (one.string and all(one.string))]


def main(what: str) -> None:
    """Do *what* to every catalogue, ``gather`` or ``compile``, and say what is left to do."""
    wanted = sentences()
    for language in TRANSLATED:
        if what == "gather":
            source(language).write_bytes(gathered(language, wanted))
        else:
            target(language).write_bytes(compiled(language))
        left = len(untranslated(language))
        sys.stdout.write(f"{language}: {len(wanted)} sentences, {left} to translate\n")


if __name__ == "__main__":
    main(sys.argv[1])
