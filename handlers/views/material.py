"""Words around material: a conversation quoted, a file's caption, what is lost or still to come."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.views.casefile import Line
from handlers.views.pager import pages
from handlers.views.screen import CAPTION_LIMIT, bold, visible_length
from handlers.words import Words


def conversation(t: Words, said: Sequence[tuple[str | None, str]]) -> list[Markup]:
    """Return who said what as messages that fit; each text stays whole."""
    told: list[Line] = []
    for sender, text in said:
        told += [bold(sender or t("Unknown sender")), text]
    return pages(told)


def caption(t: Words, sender: str | None, text: str | None) -> str | None:
    """Return a file's caption as plain text: who sent it and what they wrote under it."""
    told = [t("From {sender}", sender=sender) if sender else "", text or ""]
    whole = "\n".join(part for part in told if part)
    if visible_length(whole) > CAPTION_LIMIT:
        return told[0] or None  # what was written follows as a message of its own
    return whole or None


def is_caption(t: Words, sender: str | None, text: str | None) -> bool:
    """Return whether what somebody wrote under a file fits there, with their name."""
    return not text or text in (caption(t, sender, text) or "")


def closing(t: Words, lost: int, left: int) -> list[str]:
    """Return how many pieces Telegram has no more, and how many are still to come."""
    told = []
    if lost:
        told.append(
            t.plural(
                "{count} piece is no longer stored at Telegram.",
                "{count} pieces are no longer stored at Telegram.",
                lost,
            )
        )
    if left:
        told.append(t.plural("{count} more message.", "{count} more messages.", left))
    return told
