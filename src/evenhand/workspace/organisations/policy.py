"""Who may do what: one table, read by pages, API and tests alike."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from evenhand.workspace.organisations.models import Role


class May(StrEnum):
    """Something a page or an action asks leave for."""

    SEE = "see figures, contracts and the state of negotiations"
    SEE_POSITIONS = "see our targets, walk-away prices and leverage"
    SEE_CLAIMS = "see single claims"
    CHANGE_CONTRACTS = "change contracts"
    NEGOTIATE = "change negotiations: issues, rounds, positions"
    RECORD = "record talks, letters, promises"
    APPROVE = "sign off an escalation"
    GIVE_NOTICE = "ask for a notice of termination or non-renewal, or confirm one"
    LOAD = "load files and take them back"
    WORK_VARIANCES = "assign and settle variances, export disputes"
    SEE_TRAIL = "see who did what"
    EXPORT_ALL = "export all the organisation owns"
    MANAGE_PEOPLE = "invite people, give roles"


_TEAM = {May.SEE, May.SEE_POSITIONS}
_WORK = {*_TEAM, May.SEE_CLAIMS, May.RECORD, May.LOAD, May.WORK_VARIANCES}

POLICY: dict[Role, frozenset[May]] = {
    Role.ADMINISTRATOR: frozenset({May.SEE, May.LOAD, May.SEE_TRAIL, May.EXPORT_ALL, May.MANAGE_PEOPLE}),
    Role.LEAD: frozenset(
        {*_WORK, May.CHANGE_CONTRACTS, May.NEGOTIATE, May.APPROVE, May.GIVE_NOTICE, May.SEE_TRAIL, May.EXPORT_ALL}
    ),
    Role.ANALYST: frozenset({*_WORK, May.CHANGE_CONTRACTS, May.NEGOTIATE}),
    Role.COUNSEL: frozenset({*_TEAM, May.RECORD, May.APPROVE, May.GIVE_NOTICE, May.CHANGE_CONTRACTS, May.SEE_TRAIL}),
    Role.EXECUTIVE: frozenset({*_TEAM, May.APPROVE, May.GIVE_NOTICE}),
    Role.READER: frozenset({May.SEE}),
}


def allowed(roles: Iterable[Role]) -> frozenset[May]:
    """All that somebody with these roles may do.

    >>> May.SEE_CLAIMS in allowed([Role.EXECUTIVE])
    False
    """
    return frozenset().union(*(POLICY[role] for role in roles))
