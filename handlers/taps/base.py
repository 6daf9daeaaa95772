"""What every button's data derives from."""

from dataclasses import dataclass
from typing import ClassVar


class UnknownTapError(ValueError):
    """The data of a press that no button of ours carries."""


@dataclass(frozen=True, slots=True)
class Tap:
    """What every button's data derives from; ``prefix`` names the kind."""

    prefix: ClassVar[str]
    wide: ClassVar[frozenset[str]] = frozenset()
    """Numbers that may need 64 bits; all others fit into the databases' 32."""
