"""What can go wrong between the bot and its helpers."""


class HelperLostError(Exception):
    """The helper process ended twice before it was done."""


class WorkFailedError(Exception):
    """The work raised something that does not travel between processes; the text names it."""
