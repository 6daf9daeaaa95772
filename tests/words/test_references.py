"""A reference is marked once, however it was written."""

import pytest

from handlers import labels
from handlers.words import words


@pytest.mark.parametrize("written", ["#21346", "№ 21346", "21346", "№ #21346"])
def test_a_reference_is_not_marked_twice(written: str) -> None:
    assert labels.reference(words("ru"), written) == "№\N{NO-BREAK SPACE}21346"
    assert labels.reference(words("en"), written) == "ref 21346"
