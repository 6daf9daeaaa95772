"""The act of erasure as a document: what was erased, what is kept and why, and who did it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers import labels
from handlers.views.screen import File
from handlers.words import N_, Words
from scoring.roles import Role
from storage.audit import Action, Entry

ERASED, KEPT = "erased.", "kept."
"""How the details of an entry name the tables of which rows were erased or kept."""

BASES: Mapping[str, str] = {
    "request": N_("The person concerned asked for it."),
    "own": N_("The organisation decided it by its own rules."),
    "retention": N_("The time for which the organisation keeps such data was over."),
}

TABLES: Mapping[str, str] = {
    "people": N_("Name, key in another system, Telegram account, language, time zone"),
    "person_aliases": N_("Other names in files"),
    "people_uploads": N_("People files that waited and name them"),
    "invitations": N_("Invitation links"),
    "awaiting": N_("Questions that waited for an answer"),
    "questions": N_("Messages that asked for an answer"),
    "outbox": N_("Messages to them, as the bot keeps them"),
    "praise_consents": N_("Consent to be praised"),
    "groups": N_("Records of groups in which they used the bot"),
    "drafts": N_("Drafts: comments and where they were shown"),
    "draft_answers": N_("Comments on criteria in drafts"),
    "draft_texts": N_("Messages typed for drafts"),
    "evaluations": N_("Evaluations: overall comments and advice"),
    "evaluation_answers": N_("Evaluations: comments on criteria"),
    "revision_answers": N_("Earlier versions of evaluations: comments"),
    "disputes": N_("Disputes: reasons and decisions"),
    "goals": N_("Goals: advice"),
    "contact_moves": N_("Journal: comments on contacts"),
    "assignments": N_("Assignments: reasons why a contact was not scored"),
    "calibration_scorings": N_("Calibrations: overall comments"),
    "calibration_answers": N_("Calibrations: comments on criteria"),
    "second_scorings": N_("Second scorings: overall comments"),
    "second_scoring_answers": N_("Second scorings: comments on criteria"),
    "proposals": N_("Proposals: their name in the texts"),
    "contacts": N_("Journal: the customer's identity, links and texts"),
    "attachments": N_("Recordings, files and forwarded messages"),
}
"""What is erased, by table."""

KEPT_TABLES: Mapping[str, str] = {
    "evaluations": N_("Evaluations with their scores"),
    "contacts": N_("Contacts in the journal"),
    "kpi_figures": N_("Daily figures"),
    "goals": N_("Goals and what came of them"),
}
"""What is kept, by table."""

STYLE = Markup(
    "body{font:15px/1.5 system-ui,sans-serif;max-width:44em;margin:2em auto;padding:0 1em;"
    "color:#111;background:#fff}h1{font-size:1.4em;margin-bottom:.2em}h2{font-size:1.1em;"
    "margin-top:1.6em}table{border-collapse:collapse;width:100%}td,th{text-align:left;"
    "padding:.3em .6em .3em 0;border-bottom:1px solid #ccc;vertical-align:top}"
    ".counts td:last-child{text-align:right;white-space:nowrap}"
    ".facts td:first-child{width:8em}code{font-size:.85em;word-break:break-all}"
    ".sign td{border:0;padding-top:2.5em}@media print{body{margin:0}}"
)


@dataclass(frozen=True, slots=True)
class Act:
    """What an act of erasure is made of; *done_by* is empty where the program did it by itself."""

    entry: Entry
    subject: str
    done_by: str
    zone: ZoneInfo

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by table, each with ``ERASED`` or ``KEPT`` before it."""
        told = self.entry.told()
        return {key: value for key, value in told.items() if isinstance(value, int)}


def act_file(t: Words, act: Act) -> File:
    """Return the act as an HTML document that prints on a page."""
    body = Markup("\n").join(
        (
            Markup("<h1>{}</h1>").format(t("Act of erasure No. {number}", number=act.entry.id)),
            _facts(t, act),
            _heading(t("What was erased")),
            _table(_rows(t, act.counts, ERASED, TABLES), "counts"),
            _heading(t("What is kept, and why")),
            _kept(t, act),
            _heading(t("What this does not reach")),
            _beyond(t),
            _heading(t("Entry in the audit log")),
            _paragraph(t("Entry {number}, SHA-256:", number=act.entry.id)),
            Markup("<p><code>{}</code></p>").format(act.entry.hash),
            _signatures(t),
        )
    )
    page = Markup(
        '<!DOCTYPE html>\n<html lang="{}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="etalon-erasure" content="{}">'
        "<title>{}</title><style>{}</style></head>\n<body>\n{}\n</body></html>\n"
    ).format(
        t.language,
        json.dumps({**asdict(act.entry), "at": act.entry.at.isoformat()}),
        t("Act of erasure No. {number}", number=act.entry.id),
        STYLE,
        body,
    )
    return File(f"erasure-{act.entry.id}.html", page.encode())


def _facts(t: Words, act: Act) -> Markup:
    told = act.entry.told()
    basis = BASES.get(str(told.get("basis")))
    local = act.entry.at.astimezone(act.zone)
    roles = [labels.role(t, Role(one)) for one in act.entry.roles.split(",") if one]
    doer = f"{act.done_by} ({', '.join(roles)})" if act.done_by else t("The program, at night")
    return _table(
        (
            (t("Date"), f"{t.day(local.date(), year=True)}, {local:%H:%M} ({act.zone.key})"),
            (t("Person concerned"), act.subject),
            (t("Basis"), t(basis) if basis else ""),
            (t("Done by"), doer),
        ),
        "facts",
    )


def _rows(
    t: Words, counts: Mapping[str, int], prefix: str, words: Mapping[str, str]
) -> list[tuple[str, str]]:
    return [
        (t(label), t.plural("{count} record", "{count} records", counts[prefix + table]))
        for table, label in words.items()
        if counts.get(prefix + table)
    ]


def _kept(t: Words, act: Act) -> Markup:
    kept = _table(_rows(t, act.counts, KEPT, KEPT_TABLES), "counts")
    if act.entry.action == Action.ERASED:
        why = t(
            "Scores, counts and dates stay under a number instead of the name, so that reports of "
            "past periods add up. What the person wrote about others is those people's record: it "
            "stays without the person's name. Customers' data in the journal have a time limit of "
            "their own."
        )
    else:
        why = t(
            "The contact's reference, channel, date and scores stay: they tell how the customer "
            "was served, not who the customer is."
        )
    log = t("The audit log stays as it is: it holds numbers and no names.")
    return kept + _paragraph(why) + _paragraph(log)


def _beyond(t: Words) -> Markup:
    return _paragraph(
        t(
            "Messages that Telegram has delivered stay in the chats of those who received them. "
            "Copies of the database and files taken before this act hold what they held: they are "
            "to be deleted where they are kept."
        )
    )


def _signatures(t: Words) -> Markup:
    blank = "_" * 30
    return Markup('<table class="sign"><tr><td>{} {}</td><td>{} {}</td></tr></table>').format(
        t("Date"), "_" * 14, t("Signature"), blank
    )


def _heading(text: str) -> Markup:
    return Markup("<h2>{}</h2>").format(text)


def _paragraph(text: str) -> Markup:
    return Markup("<p>{}</p>").format(text)


def _table(rows: Iterable[tuple[str, str]], kind: str) -> Markup:
    cells = Markup("").join(Markup("<tr><td>{}</td><td>{}</td></tr>").format(*row) for row in rows)
    if not cells:
        return Markup("<p>—</p>")
    return Markup('<table class="{}">{}</table>').format(kind, cells)
