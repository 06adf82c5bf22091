"""The group of all negotiation commands."""

from __future__ import annotations

import click

from evenhand.cli.negotiation.documents import documents
from evenhand.cli.negotiation.happen import (
    approve,
    belief,
    close,
    done,
    drop,
    notice,
    position,
    promise,
    round_,
    settle,
    talk,
    undo,
)
from evenhand.cli.negotiation.keep import calendar_command, check, list_negotiations, schema, show, start
from evenhand.cli.negotiation.rails import messenger, rails
from evenhand.cli.negotiation.ready import escalation, impasse, readiness
from evenhand.cli.negotiation.state import goal, message, person, proof
from evenhand.cli.negotiation.walkaway import negotiation_walkaway


@click.group()
def negotiation() -> None:
    """A negotiation as data: issues, rounds, talks, promises; what is late, what is ready, when to walk."""


for command in (
    start,
    list_negotiations,
    show,
    check,
    calendar_command,
    goal,
    proof,
    person,
    message,
    position,
    belief,
    round_,
    close,
    talk,
    promise,
    done,
    settle,
    drop,
    approve,
    notice,
    undo,
    negotiation_walkaway,
    documents,
    readiness,
    impasse,
    escalation,
    rails,
    messenger,
    schema,
):
    negotiation.add_command(command)
