"""Who may press a button of what admins look after: people, teams, scorecards, the whole."""

from collections.abc import Mapping

from handlers.access.rules import ADMINS, ALL, FILE_COST, Rule, Said, each, may
from handlers.taps import (
    AuditAct,
    AuditTap,
    ForgetAct,
    ForgetTap,
    MergeAct,
    MergeTap,
    PeopleAct,
    PeopleFileAct,
    PeopleFileTap,
    PeopleTap,
    ScorecardAct,
    ScorecardTap,
    SettingAct,
    SettingTap,
    Tap,
    TeamAct,
    TeamTap,
    UndeliveredAct,
    UndeliveredTap,
    UploadAct,
    UploadTap,
)

ADMIN_BUTTONS: Mapping[type[Tap], Mapping[Said, Rule]] = {
    PeopleTap: each(
        (
            *(PeopleAct.LIST, PeopleAct.EVERYBODY, PeopleAct.CARD, PeopleAct.ROLE),
            *(PeopleAct.TEAM, PeopleAct.SUPERVISES, PeopleAct.TEAMS, PeopleAct.SUPERVISED),
            *(PeopleAct.TWIN, PeopleAct.INVITE, PeopleAct.RENAME, PeopleAct.SHUT_OUT),
            *(PeopleAct.SHUT_OUT_SURE, PeopleAct.LET_IN, PeopleAct.KEY, PeopleAct.KEY_OFF),
            *(PeopleAct.ALIASES, PeopleAct.ALIAS_OFF, PeopleAct.ROLE_SURE),
            *(PeopleAct.LINKS, PeopleAct.LINKS_SURE, PeopleAct.MERGE),
            *(PeopleAct.HAND_ON, PeopleAct.HAND_TO),
        ),
        ADMINS,
    ),
    PeopleFileTap: each((PeopleFileAct.APPLY, PeopleFileAct.DROP), ADMINS),
    TeamTap: each(tuple(TeamAct), ADMINS),
    MergeTap: each(tuple(MergeAct), ADMINS),
    ScorecardTap: each(
        (
            *(ScorecardAct.LIST, ScorecardAct.CARD, ScorecardAct.FILE, ScorecardAct.RETIRE),
            *(ScorecardAct.RETIRE_SURE, ScorecardAct.BRING_BACK),
        ),
        ADMINS,
    ),
    UploadTap: {
        **each((UploadAct.PUBLISH, UploadAct.DROP), ADMINS),
        # These reckon the latest evaluations anew.
        **each(
            (UploadAct.PREVIEW, UploadAct.DETAILS, UploadAct.EXPORT),
            may(admin=ALL, cost=FILE_COST),
        ),
    },
    SettingTap: each((SettingAct.LIST, SettingAct.ASK, SettingAct.SET), ADMINS),
    AuditTap: {
        **each((AuditAct.LIST, AuditAct.ACTIONS, AuditAct.ACT), ADMINS),
        **each((AuditAct.EXPORT,), may(admin=ALL, cost=FILE_COST)),
    },
    UndeliveredTap: each(tuple(UndeliveredAct), ADMINS),
    ForgetTap: each(
        (
            *(ForgetAct.PERSON, ForgetAct.PERSON_SURE, ForgetAct.CUSTOMER),
            *(ForgetAct.CUSTOMER_ASK, ForgetAct.CUSTOMER_SURE, ForgetAct.AGAIN),
        ),
        ADMINS,
    ),
}
"""Buttons by kind and what they say."""
