"""The inventory of personal data: every column that could hold any, and what becomes of it.

A column of text or of Telegram's numbers is either in ``PERSONAL`` or in ``PLAIN``; a test fails
for one that is in neither, so that nobody adds personal data without deciding about it here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Whose(StrEnum):
    """Whose data a column holds."""

    STAFF = "employee"
    CUSTOMER = "customer"


class Fate(StrEnum):
    """What ``/forget`` does with a column."""

    REPLACED = "replaced by a number"
    EMPTIED = "emptied"
    REMOVED = "its rows are removed"
    UNNAMED = "kept without their name"
    EMPTIED_OR_UNNAMED = (
        "emptied where it is about them; kept without their name where it is theirs"
    )
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Item:
    """One column: whose data, what they are for, how long they stay, what ``/forget`` does."""

    whose: Whose
    purpose: str
    kept: str
    fate: Fate


UNTIL_ERASED = "until they are erased"
CUSTOMER_TIME = "as long as /settings says (Customers' data)"


def _staff(purpose: str, fate: Fate, kept: str = UNTIL_ERASED) -> Item:
    return Item(Whose.STAFF, purpose, kept, fate)


def _customer(purpose: str, fate: Fate, kept: str = CUSTOMER_TIME) -> Item:
    return Item(Whose.CUSTOMER, purpose, kept, fate)


COMMENT = _staff("reasons of a score", Fate.EMPTIED_OR_UNNAMED)
OVERALL = _staff("feedback in the evaluator's words", Fate.EMPTIED_OR_UNNAMED)
WHY = _staff("why an evaluation was put right", Fate.EMPTIED_OR_UNNAMED)
DRAFTED = _staff("what is not submitted yet", Fate.EMPTIED)

PERSONAL: Mapping[str, Item] = {
    "people.name": _staff("who is scored, scores and decides", Fate.REPLACED),
    "people.folded": _staff("finding a name", Fate.REPLACED),
    "people.name_key": _staff("knowing a name again", Fate.REPLACED),
    "people.crossed": _staff("finding a name in another script", Fate.REPLACED),
    "people.external_key": _staff("their key in another system", Fate.EMPTIED),
    "people.external_key_folded": _staff("finding that key", Fate.EMPTIED),
    "people.telegram_id": _staff("letting them in, writing to them", Fate.EMPTIED),
    "people.language": _staff("speaking their language", Fate.EMPTIED),
    "people.timezone": _staff("telling the time", Fate.EMPTIED),
    "person_aliases.alias": _staff("other names in files", Fate.REMOVED),
    "person_aliases.folded": _staff("finding such a name", Fate.REMOVED),
    "person_aliases.name_key": _staff("knowing such a name again", Fate.REMOVED),
    "person_aliases.crossed": _staff("finding it in another script", Fate.REMOVED),
    "people_uploads.name": _staff("a people file's name", Fate.REMOVED, "7 days"),
    "people_uploads.content": _staff(
        "a people file that waits", Fate.REMOVED, "until it is applied, at most 7 days"
    ),
    "invitations.token_hash": _staff("their way in", Fate.REMOVED, "30 days after use or expiry"),
    "awaiting.detail": _staff(
        "what their next text answers", Fate.REMOVED, "until the conversation goes on"
    ),
    "questions.detail": _staff(
        "what a reply to a message answers", Fate.REMOVED, "until thirty newer ones"
    ),
    "outbox.data": _staff("messages to deliver", Fate.REMOVED, "180 days after delivery"),
    "outbox.chat_id": _staff("messages delivered", Fate.REMOVED, "180 days after delivery"),
    "outbox.message_id": _staff("messages delivered", Fate.REMOVED, "180 days after delivery"),
    "groups.chat_id": _staff("groups in which they showed a report", Fate.REMOVED),
    "groups.thread_id": _staff("groups in which they showed a report", Fate.REMOVED),
    "groups.title": _staff("groups in which they showed a report", Fate.REMOVED),
    "drafts.overall": DRAFTED,
    "drafts.advice": DRAFTED,
    "drafts.filter": _staff("narrowing a choice of names", Fate.EMPTIED),
    "drafts.chat_id": _staff("where a draft is shown", Fate.EMPTIED),
    "drafts.message_id": _staff("where a draft is shown", Fate.EMPTIED),
    "drafts.reference": _customer("which contact is scored", Fate.KEPT, "with the draft"),
    "draft_answers.why": DRAFTED,
    "draft_answers.comment": DRAFTED,
    "draft_answers.note": DRAFTED,
    "draft_texts.text": _staff(
        "correcting what was typed", Fate.REMOVED, "until the draft is submitted or discarded"
    ),
    "evaluations.overall": OVERALL,
    "evaluations.advice": OVERALL,
    "evaluation_answers.why": COMMENT,
    "evaluation_answers.comment": COMMENT,
    "revision_answers.why": COMMENT,
    "revision_answers.comment": COMMENT,
    "revisions.overall": OVERALL,
    "revisions.advice": OVERALL,
    "revisions.reason": WHY,
    "corrections.reason": WHY,
    "corrections.decision": _staff("why consent was refused", Fate.EMPTIED_OR_UNNAMED),
    "second_scorings.overall": OVERALL,
    "second_scoring_answers.why": COMMENT,
    "second_scoring_answers.comment": COMMENT,
    "calibration_scorings.overall": OVERALL,
    "calibration_answers.why": COMMENT,
    "calibration_answers.comment": COMMENT,
    "dispute_reasons.text": _staff(
        "what an agent is about to object to", Fate.REMOVED, "until it is sent, at most 30 days"
    ),
    "disputes.reason": _staff("what an agent objects to", Fate.EMPTIED_OR_UNNAMED),
    "disputes.decision": _staff("how that was decided", Fate.EMPTIED_OR_UNNAMED),
    "disputes.learning": _staff("what else to learn from a contact", Fate.EMPTIED_OR_UNNAMED),
    "disputes.reopening": _staff("why a decision was taken back", Fate.EMPTIED_OR_UNNAMED),
    "disputes.first_decision": _staff("how it was decided first", Fate.EMPTIED_OR_UNNAMED),
    "disputes.passed_on": _staff("who was asked before (numbers)", Fate.KEPT),
    "goals.advice": _staff("what to work on", Fate.EMPTIED_OR_UNNAMED),
    "assignments.reason": _staff("why a contact was not scored", Fate.EMPTIED_OR_UNNAMED),
    "contact_moves.comment": _staff("why a contact went on", Fate.EMPTIED_OR_UNNAMED),
    "proposals.text": _staff("what to improve", Fate.UNNAMED),
    "proposals.decision": _staff("what was decided about it", Fate.UNNAMED),
    "proposals.outcome": _staff("what came of it", Fate.UNNAMED),
    "pictures.file_id": _staff("charts that Telegram has", Fate.REMOVED, "60 days"),
    "audit_entries.roles": _staff("what somebody was when they acted", Fate.KEPT, "for good"),
    "audit_entries.details": _staff("numbers of people and things", Fate.KEPT, "for good"),
    "contacts.customer": _customer("seeing whose contact it was", Fate.EMPTIED),
    "contacts.customer_key": _customer("finding their earlier contacts", Fate.EMPTIED),
    "contacts.link": _customer("opening the contact where it was", Fate.EMPTIED),
    "contacts.text": _customer("reading what was said", Fate.EMPTIED),
    "contacts.topic": _customer("what the contact was about (masked)", Fate.KEPT, "for good"),
    "contacts.topic_key": _customer("finding a topic", Fate.KEPT, "for good"),
    "contacts.reference": _customer("finding the contact in your system", Fate.KEPT, "for good"),
    "contacts.reference_key": _customer("finding a reference", Fate.KEPT, "for good"),
    "contacts.identity": _customer("telling contacts apart (a hash)", Fate.KEPT, "for good"),
    "attachments.file_id": _customer("listening and looking again", Fate.REMOVED),
    "attachments.file_unique_id": _customer("listening and looking again", Fate.REMOVED),
    "attachments.text": _customer("reading what was forwarded", Fate.REMOVED),
    "attachments.sender": _customer("who said it", Fate.REMOVED),
}
"""Columns with personal data by table and name."""

PLAIN: Mapping[str, str] = {
    "assignments": "state",
    "attachments": "kind source_message",
    "audit_entries": "action subject previous hash",
    "awaiting": "what message_id shown_in refused",
    "calibration_answers": "criterion reasons",
    "calibrations": "status seed",
    "contact_moves": "before after",
    "contacts": "channel type status source",
    "dispute_outcomes": "criterion",
    "corrections": "kind status",
    "dispute_reasons": "message_id",
    "disputes": "criteria status first_status",
    "draft_answers": "criterion reasons",
    "draft_texts": "message_id slot criterion",
    "drafts": "status stage criterion channel begun_by heard",
    "draw_contacts": "stratum excluded",
    "draws": "occurrence settings seed population_hash",
    "evaluation_answers": "criterion state reasons",
    "evaluations": "fired selection",
    "goals": "scorecard criterion title state",
    "kpi_figures": "metric",
    "kpi_goals": "metric",
    "kpi_metrics": "key name unit direction aggregation kind",
    "memberships": "relation",
    "outbox": "key kind state lease_owner last_error",
    "person_roles": "role",
    "pictures": "digest",
    "plans": "period channels types strata bands",
    "praises": "chat_id",
    "proposals": "kind criterion period status",
    "questions": "shown_in what message_id",
    "revision_answers": "criterion state reasons",
    "revisions": "fired kind",
    "schedule_runs": "occurrence",
    "schedules": "name rule occurrence",
    "scorecard_uploads": "content",
    "scorecard_versions": "content content_hash",
    "scorecards": "key",
    "second_scoring_answers": "criterion reasons",
    "settings": "key value",
    "teams": "name timezone language digest_time quiet_from quiet_to",
}
"""Columns, by table, whose texts are the program's or the organisation's own words or numbers."""


def plain_columns() -> set[str]:
    """Return the columns of ``PLAIN`` as table and name."""
    return {f"{table}.{name}" for table, names in PLAIN.items() for name in names.split()}


def page() -> str:
    """Return the inventory as tables for the documentation, in Markdown."""
    told = []
    for whose, title in ((Whose.STAFF, "Employees"), (Whose.CUSTOMER, "Customers")):
        told += [
            f"### {title}",
            "",
            "| column | what for | kept | `/forget` |",
            "| --- | --- | --- | --- |",
        ]
        told += [
            f"| `{name}` | {item.purpose} | {item.kept} | {item.fate} |"
            for name, item in PERSONAL.items()
            if item.whose is whose
        ]
        told.append("")
    return "\n".join(told)
