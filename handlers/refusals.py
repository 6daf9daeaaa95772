"""Why something could not be done, and the one sentence that says so in each language."""

from markupsafe import Markup

from handlers.words import N_, Words


class Sorry(Exception):  # noqa: N818  it is an answer to a person, not a failure of the program
    """Something a person asked for could not be done; ``sentence`` tells them, translated."""

    sentence = N_("Sorry, that did not work.")

    def __init__(self, **values: object) -> None:
        super().__init__(type(self).__name__)
        self.values = values


class Denied(Sorry):
    """What was asked for is not open to whoever asked; it is logged."""


class NotAllowed(Denied):
    """The person holds none of the roles that this takes."""

    sentence = N_("This is not open to your role.")


class NotYours(Denied):
    """The thing belongs to somebody else."""

    sentence = N_("This belongs to somebody else.")


class OutOfDate(Sorry):
    """The button's message is older than what it speaks of."""

    sentence = N_("This button is out of date.")


class NotFound(Sorry):
    """There is no such thing, or not any more."""

    sentence = N_("That is no longer there.")


class OnlyInPrivate(Sorry):
    """Personal things are not shown where others read along."""

    sentence = N_("Please ask me in our private chat: others can read this one.")


class Anonymous(Denied):
    """An administrator writes as the group, so nobody knows who they are."""

    sentence = N_(
        "You write anonymously here, so I cannot tell who you are and show nothing. "
        "Write as yourself, or ask me in our private chat."
    )


class TooQuick(Sorry):
    """Somebody asks for more of what is costly than one person may at a time."""

    sentence = N_("Please wait a few seconds.")


class TooLong(Sorry):
    """A typed text is over the limit."""

    sentence = N_(
        "That is too long: at most {limit} characters. Nothing was lost, please shorten it."
    )


class Empty(Sorry):
    """A typed text has nothing in it."""

    sentence = N_("There is nothing in that text. Please write a few words.")


class FileTooBig(Sorry):
    """A file is larger than the bot may fetch."""

    sentence = N_("This file is too big: at most {limit} MB. Nothing was stored.")


class Unavailable(Sorry):
    """The database could not do its work just now."""

    sentence = N_("I cannot save anything just now. Please try again in a minute.")


class GivenUp(Sorry):
    """Handling took so long that it was stopped."""

    sentence = N_(
        "This took too long, so I stopped. What was stored by then stays. "
        "Please try again, a big file in parts."
    )


def wording(t: Words, sorry: Sorry) -> str:
    """Return the sentence for *sorry* in the language of *t*."""
    return t(sorry.sentence, **sorry.values)


def plain(text: str) -> Markup:
    """Return a sentence as a screen's text."""
    return Markup("{}").format(text)
