"""How an evaluation's contact came to be scored."""

from enum import StrEnum


class Selection(StrEnum):
    """By what a contact was picked.

    ``DRAWN`` contacts were drawn at random by a plan, ``TARGETED`` ones were put forward because
    something about them was worth hearing, ``CHOSEN`` ones were picked by hand. Only drawn ones
    speak for all contacts.
    """

    DRAWN = "drawn"
    TARGETED = "targeted"
    CHOSEN = "chosen"
