"""What an import is answered with: how many rows did what, and the files that go back."""

from handlers.tables.import_outcome import ImportOutcome
from handlers.views.screen import File, Screen, bold, lines, shorten
from handlers.words import N_, Words

ABOUT = {
    "invites": N_(
        "A personal link for everybody who has not joined yet. Each works once, within 7 days."
    ),
    "rejected": N_(
        "These rows were not stored; the last column says why. "
        "Correct them there and send me this file."
    ),
}


def summary_screen(t: Words, name: str, outcome: ImportOutcome) -> Screen:
    """Return how many rows of the file called *name* were stored, and how many were not."""
    counts = (
        (outcome.added, t("Added: {count}", count=outcome.added)),
        (outcome.changed, t("Changed: {count}", count=outcome.changed)),
        (outcome.same, t("As they were: {count}", count=outcome.same)),
        (len(outcome.rejected), t("Rejected: {count}", count=len(outcome.rejected))),
    )
    told = [text for count, text in counts if count]
    return Screen(lines(bold(shorten(name, 60)), *told))


def file_screen(t: Words, file: File) -> Screen:
    """Return one of the answer's files with a line about it."""
    return Screen(lines(t(ABOUT[file.name.partition(".")[0]])), file=file)
