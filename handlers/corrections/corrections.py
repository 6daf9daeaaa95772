"""Everything that can be pressed and typed to put a submitted evaluation right, and its news."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from handlers.corrections import consent, correcting, mine, news, withdrawing
from handlers.corrections.asking import asked_by_id
from handlers.evaluating.casefile import load
from handlers.feedback.drawing import draw
from handlers.notice import Notice
from handlers.refusals import Sorry
from handlers.routing import Typed, press
from handlers.taps import CorrectionAct, CorrectionTap
from handlers.turn import Services, Turn
from handlers.views import corrections as views
from handlers.views.corrections import Asked
from handlers.views.screen import Screen
from handlers.words import Words
from scoring.roles import Role
from storage.corrections import Status
from storage.outbox import Claimed
from storage.people import Person

ACTING = frozenset({Role.EVALUATOR, Role.ADMIN})
CONSENTING = frozenset({Role.SUPERVISOR, Role.ADMIN})


async def pressed(turn: Turn, tap: CorrectionTap) -> None:
    """Handle a press that puts an evaluation right."""
    await ACTS[tap.act](turn, tap)


async def _draw_asked(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    """Return what is asked for as news; answered meanwhile it is none."""
    asked = await _asked(services, to, message)
    if asked is None or asked.correction.status is not Status.WAITING or not asked.may_answer:
        return None
    return views.card_screen(t, asked)


async def _draw_done(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    asked = await _asked(services, to, message)
    if asked is None or asked.correction.status is not Status.DONE:
        return None
    reads = asked.file.may_be_read_by(to)
    return views.news_screen(t, asked, reads=reads, is_agent=asked.file.is_of(to))


async def _draw_declined(
    services: Services, t: Words, to: Person, message: Claimed
) -> Screen | None:
    asked = await _asked(services, to, message)
    return None if asked is None else views.declined_news(t, asked)


async def _draw_overtaken(
    services: Services, t: Words, to: Person, message: Claimed
) -> Screen | None:
    asked = await _asked(services, to, message)
    return None if asked is None else views.overtaken_news(t, asked)


async def _asked(services: Services, to: Person, message: Claimed) -> Asked | None:
    async with services.db.reading() as tx:
        try:
            return await asked_by_id(tx, services, to, message.subject)
        except Sorry:
            return None


async def _draw_edit(services: Services, t: Words, to: Person, message: Claimed) -> Screen | None:
    """Return the feedback as it is now, for the place of the message that the person has.

    A message that is still to come shows it anyway.
    """
    async with services.db.reading() as tx:
        file = await load(tx, services, message.subject)
        first = (await news.delivered(tx, message.subject)).get(to.id)
        if file is None or first is None or first.waits or not file.may_be_read_by(to):
            return None
        screen = await draw(tx, services, t, to, file)
    there = first.chat_id is not None and first.chat_id == to.telegram_id
    return replace(screen, instead_of=first.message_id if there else None)


ACTS: Mapping[CorrectionAct, Callable[[Turn, CorrectionTap], Awaitable[None]]] = {
    CorrectionAct.MINE: mine.show,
    CorrectionAct.CORRECT: correcting.begin,
    CorrectionAct.SUBMITTED: correcting.begin_submitted,
    CorrectionAct.MOVE: withdrawing.ask_agent,
    CorrectionAct.WITHDRAW: withdrawing.ask_withdraw,
    CorrectionAct.AGENT: withdrawing.choose_agent,
    CorrectionAct.MORE: withdrawing.more_agents,
    CorrectionAct.WRITE: withdrawing.write_anew,
    CorrectionAct.SURE: withdrawing.carry_out,
    CorrectionAct.DROP: withdrawing.drop,
    CorrectionAct.OPEN: consent.open_card,
    CorrectionAct.SHOW: consent.show_card,
    CorrectionAct.CONSENT: consent.consent,
    CorrectionAct.DECLINE: consent.ask_why,
    CorrectionAct.TAKE_BACK: consent.take_back,
}

PRESSES = (press(CorrectionTap, pressed),)

TYPED = (
    Typed(withdrawing.REASON, withdrawing.take_reason, ACTING),
    Typed(withdrawing.AGENT, withdrawing.narrow, ACTING),
    Typed(consent.DECISION, consent.decline, CONSENTING),
)

NOTICES = (
    Notice(news.CORRECTION_ASKED, _draw_asked),
    Notice(news.CORRECTION_DONE, _draw_done),
    Notice(news.CORRECTION_DECLINED, _draw_declined),
    Notice(news.CORRECTION_OVERTAKEN, _draw_overtaken),
    Notice(news.FEEDBACK_EDIT, _draw_edit),
)
