"""The catalogues hold what the code says: all of it, translated, compiled, and nothing else."""

import pytest

from handlers.locales import catalogues
from handlers.locales.catalogues import TRANSLATED
from tests.words.messages import said, sentences

pytestmark = pytest.mark.parametrize("language", TRANSLATED)


def test_every_sentence_of_the_code_is_in_the_catalogue(language: str) -> None:
    """A failure is mended by `make messages`, a translation and `make catalogues`."""
    known = {one.english if one.is_plural else one.english[0] for one in sentences(language)}
    assert said() - known == set()


def test_no_sentence_is_kept_that_the_code_no_longer_says(language: str) -> None:
    known = {one.english if one.is_plural else one.english[0] for one in sentences(language)}
    assert known - said() == set()
    assert not catalogues.translations(language).obsolete


def test_every_sentence_is_translated_in_all_its_forms(language: str) -> None:
    assert [one.english for one in sentences(language) if not all(one.forms)] == []
    plurals = [one for one in sentences(language) if one.is_plural]
    assert plurals
    assert [one.english for one in plurals if len(one.forms) != 3] == []


def test_no_translation_is_a_guess(language: str) -> None:
    assert [one.english for one in sentences(language) if "fuzzy" in one.flags] == []


def test_gathering_again_changes_nothing(language: str) -> None:
    there = catalogues.source(language).read_bytes()
    assert catalogues.gathered(language, said()) == there


def test_what_is_compiled_is_what_is_written(language: str) -> None:
    assert catalogues.compiled(language) == catalogues.target(language).read_bytes()
