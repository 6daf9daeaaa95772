"""What admins read when nothing can be saved, and when it is over."""

from handlers.words import Words


def cannot_save(t: Words) -> str:
    """Return what is wrong and what to do."""
    return t(
        "⚠️ I cannot save anything just now: the disk is full or the database is not there. "
        "Whoever writes to me is asked to try again. On the server, etalon check says what is "
        "wrong."
    )


def saves_again(t: Words) -> str:
    """Return that it is over."""
    return t("Everything can be saved again.")
