"""Precedents on a phone: each the agent's reason, what became of the answer, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.taps import DraftAct, DraftTap
from handlers.views.answers import answer_words
from handlers.views.casefile import Line
from handlers.views.pager import paged
from handlers.views.screen import Button, Screen, bold, quote
from handlers.words import Words
from scoring.scorecard import Answer, Criterion
from storage.drafts import Draft


@dataclass(frozen=True, slots=True)
class Case:
    """One decided dispute about a criterion as its version words it; the texts bear no names."""

    criterion: Criterion
    before: int | None
    after: int | None
    changed: bool
    reason: str
    decision: str


def precedents_view(t: Words, draft: Draft, criterion: Criterion, cases: Sequence[Case]) -> Screen:
    """Return the cases, the latest first, with the way back to the criterion."""
    title = criterion.title.say(t.language)
    parts: list[Line] = [
        bold(t("Precedents")),
        title,
        *(line for one in cases for line in _case_lines(t, one)),
        *([] if cases else ["", t("There are none yet.")]),
    ]
    back = DraftTap(draft.id, draft.version, DraftAct.OPEN)
    again = DraftTap(draft.id, draft.version, DraftAct.PRECEDENTS)
    return paged(parts, [[Button(t("Back"), back)]], again)


def _case_lines(t: Words, one: Case) -> list[Line]:
    before = answer_words(t, one.criterion, Answer(one.before))
    after = answer_words(t, one.criterion, Answer(one.after))
    told = (
        t.html("Decided: <b>{before} → {after}</b>", before=before, after=after)
        if one.changed
        else t.html("Decided: <b>{answer}</b> stands", answer=before)
    )
    decision = [quote(one.decision)] if one.decision else []
    return ["", t("The agent: {reason}", reason=one.reason), told, *decision]
