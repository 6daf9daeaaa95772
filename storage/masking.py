"""Masking customers' data where it is stored, as the organisation's settings want it."""

import datetime as dt
from dataclasses import dataclass

from scoring.contacts import customer_key, masked
from scoring.masking import mask
from storage import settings
from storage.database import Transaction
from storage.settings import HASHED, hashed_key


@dataclass(frozen=True, slots=True)
class Mask:
    """What is done to a customer's data; without a *secret* everything is kept as it comes."""

    secret: bytes | None = None

    def text(self, text: str | None) -> str | None:
        """Return what a customer said without phones, cards and e-mails."""
        return text if text is None or self.secret is None else mask(text)

    def customer(self, customer: str | None) -> str | None:
        """Return as much of a customer's name or number as is shown anyway."""
        return customer if customer is None or self.secret is None else masked(customer)

    def key(self, customer: str | None) -> str | None:
        """Return by what the customer is known again."""
        if customer is None:
            return None
        if self.secret is None:
            return customer_key(customer)
        return hashed_key(self.secret, customer)


async def current(tx: Transaction, now: dt.datetime) -> Mask:
    """Return what is to be done to what comes in now."""
    if not (await settings.organisation(tx)).masking:
        return Mask()
    return Mask(await settings.known_by(tx, now))


async def keys_of(tx: Transaction, customer: str, now: dt.datetime) -> tuple[str, str]:
    """Return the keys under which a customer may be in the journal: hashed and plain."""
    return hashed_key(await settings.known_by(tx, now), customer), customer_key(customer)


def is_hashed(key: str | None) -> bool:
    """Return whether a customer's key tells nothing of them any more."""
    return key is not None and key.startswith(HASHED)
