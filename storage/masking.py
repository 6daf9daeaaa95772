"""Masking customers' data where it is stored, as the organisation's settings want it."""

import datetime as dt
from dataclasses import dataclass

from scoring.contacts import masked
from scoring.customers import customer_key
from scoring.masking import mask
from storage import settings
from storage.database import Transaction
from storage.settings import HASHED, HASHED_BEFORE, hashed_key


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

    def key(self, customer: str | None, country: str | None) -> str | None:
        """Return by what the customer is known again; *country* is the agent's."""
        if customer is None:
            return None
        known = customer_key(customer, country)
        return known if self.secret is None else hashed_key(self.secret, known)


async def current(tx: Transaction, now: dt.datetime) -> Mask:
    """Return what is to be done to what comes in now."""
    if not (await settings.organisation(tx)).masking:
        return Mask()
    return Mask(await settings.known_by(tx, now))


def is_hashed(key: str | None) -> bool:
    """Return whether a customer's key tells nothing of them any more."""
    return key is not None and key.startswith((HASHED, HASHED_BEFORE))
