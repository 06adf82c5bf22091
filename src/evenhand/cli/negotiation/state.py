"""What a negotiation states: goals, value proposition, people, message; written by commands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from evenhand.cli.negotiation.asking import kept_by, named
from evenhand.documents.words import counted

_REMOVE = click.option("--remove", is_flag=True, help="Take it out again.")


@click.command()
@named
@click.argument("goal")
@_REMOVE
def goal(name: str, goal: str, remove: bool, book_path: Path | None) -> None:
    """Add a GOAL: something we want of the negotiation."""
    from evenhand.negotiation.record import add_goal, remove_goal

    found = (remove_goal if remove else add_goal)(kept_by(name, book_path), goal)
    click.echo(counted(len(found.goals), "goal"))


@click.command()
@named
@click.argument("claim")
@click.option("--number", default="", help="The number that shows it.")
@click.option("--period", default="", help="What days or year it is of.")
@click.option("--source", default="", help="Where it comes from.")
@_REMOVE
def proof(name: str, claim: str, number: str, period: str, source: str, remove: bool, book_path: Path | None) -> None:
    """Add a point of the value proposition: the CLAIM, and its number; the same claim gives way."""
    from evenhand.negotiation.record import Proof, add_proof, remove_proof

    kept = kept_by(name, book_path)
    found = remove_proof(kept, claim) if remove else add_proof(kept, Proof(claim, number, period, source))
    whole = sum(bool(one.number and one.period and one.source) for one in found.value)
    click.echo(f"{counted(len(found.value), 'point')}, {whole} with number, period and source")


@click.command()
@named
@click.argument("person")
@click.option("--side", type=click.Choice(["us", "them"]), default="us", show_default=True)
@click.option("--role", default="", help="What the person does in it.")
@click.option("--organisation", default="", help="Whom the person works for.")
@click.option("--email", default="")
@click.option("--phone", default="")
@click.option("--approves", is_flag=True, help="A leader who must agree.")
@_REMOVE
def person(name: str, person: str, remove: bool, book_path: Path | None, **about: Any) -> None:
    """Add a PERSON who takes part; the same name gives way."""
    from evenhand.negotiation.record import Person, add_person, remove_person

    kept = kept_by(name, book_path)
    found = remove_person(kept, person) if remove else add_person(kept, Person(person, **about))
    ours = sum(one.side == "us" for one in found.people)
    click.echo(f"{ours} of ours, {len(found.people) - ours} of theirs")


@click.command()
@named
@click.argument("message")
def message(name: str, message: str, book_path: Path | None) -> None:
    """Set the one MESSAGE all of us give."""
    from evenhand.negotiation.record import give_message

    click.echo(f"All of us say: {give_message(kept_by(name, book_path), message).message}")
