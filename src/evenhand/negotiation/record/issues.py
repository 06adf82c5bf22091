"""All that is held of one issue, set at once; and a new issue put on the table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from evenhand.contracts.shapes import suggest
from evenhand.errors import SelectionError, UsageError
from evenhand.negotiation.record.model import AGREED, DROPPED, OPEN, Belief, Issue, Negotiation
from evenhand.negotiation.record.shelf import Kept

STATUSES = (OPEN, AGREED, DROPPED)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where both sides stand on an issue, and how far it has come; what is empty is emptied."""

    opening: str = ""
    target: str = ""
    walk_away: str = ""
    theirs: Belief = field(default_factory=Belief)
    status: str = OPEN
    agreed: str = ""
    note: str = ""


def stand(kept: Kept, issue: str, standing: Standing) -> Issue:
    """Set all that is held of an issue, in one change.

    Raises:
        SelectionError: there is no such issue.
        UsageError: it is agreed without a value, or its status is none.
    """
    if standing.status not in STATUSES:
        raise UsageError(f"'{standing.status}' is no status; say {', '.join(STATUSES)}")
    if standing.status == AGREED and not standing.agreed.strip():
        raise UsageError("the value agreed is empty; write it in a few words")

    def apply(before: Negotiation) -> Negotiation:
        if before.issue(issue) is None:
            known = [one.id for one in before.issues]
            raise SelectionError(f"there is no issue '{issue}'; {suggest(issue, known) or 'the negotiation has none'}")
        return replace(before, issues=tuple(_stood(one, standing) if one.id == issue else one for one in before.issues))

    found = kept.change(apply).issue(issue)
    assert found is not None
    return found


def _stood(one: Issue, standing: Standing) -> Issue:
    return replace(
        one,
        opening=standing.opening,
        target=standing.target,
        walk_away=standing.walk_away,
        theirs=standing.theirs,
        status=standing.status,
        agreed=standing.agreed.strip() if standing.status == AGREED else "",
        note=standing.note,
    )


def add_issue(kept: Kept, issue: Issue) -> Issue:
    """Put an issue on the table; without an id it gets one from its name.

    Raises:
        UsageError: it has neither name nor id, or its id is taken.
    """
    id_ = issue.id or re.sub(r"[^a-z0-9]+", "-", issue.name.lower()).strip("-")[:60].strip("-")
    if not id_:
        raise UsageError("the issue has no name; write what it is about")
    made = replace(issue, id=id_)

    def apply(before: Negotiation) -> Negotiation:
        if before.issue(id_) is not None:
            raise UsageError(f"there is an issue '{id_}' already; change that one, or name this one otherwise")
        return replace(before, issues=(*before.issues, made))

    kept.change(apply)
    return made
