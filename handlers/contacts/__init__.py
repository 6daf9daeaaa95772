"""The journal of contacts: finding them, their card, their status, bringing them in."""
