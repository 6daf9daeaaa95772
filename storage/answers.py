"""An answer as columns: the option, the reasons picked, the reason written, and the comment."""

from sqlalchemy import RowMapping

from scoring.scorecard import Answer

COLUMNS = ("option", "reasons", "why", "comment")
"""The columns that hold an answer, in each table that has answers."""


def columns_of(answer: Answer) -> dict[str, object]:
    """Return the columns that hold *answer*; reasons are their numbers, separated by blanks."""
    return {
        "option": answer.option,
        "reasons": " ".join(map(str, answer.reasons)),
        "why": answer.why,
        "comment": answer.comment,
    }


def answer_of(row: RowMapping) -> Answer:
    """Return the answer that the row's columns hold."""
    reasons = tuple(map(int, row["reasons"].split())) if row["reasons"] else ()
    return Answer(row["option"], reasons, row["why"], row["comment"])
