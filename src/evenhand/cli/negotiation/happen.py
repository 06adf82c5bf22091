"""What happens in a negotiation, recorded: rounds, talks, promises, positions, agreements, approvals, notices."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from evenhand.cli.negotiation.asking import DAY, day_or_today, kept_by, named

#: The words of the language, written out: the command line starts without importing it.
TALKS = ("call", "meeting", "email", "letter", "committee", "message")
APPROVALS = ("targets", "proposal", "escalation", "termination", "agreement")
NOTICES = ("non-renewal", "termination", "patients", "members", "regulator")
SURE = ("guessed", "likely", "stated")
_DATE = click.option("--date", "day", type=DAY, help="Its day (YYYY-MM-DD) [default: today].")


@click.command(name="round")
@named
@click.argument("offer", type=click.Path(path_type=Path))
@click.option("--from", "by", type=click.Choice(["us", "them"]), required=True, help="Who offers.")
@click.option("--answers", type=int, help="The round it answers [default: the other side's last open one].")
@click.option("--note", default="", help="Anything to remember of it.")
@_DATE
def round_(
    name: str, offer: Path, by: Any, answers: int | None, note: str, day: datetime | None, book_path: Path | None
) -> None:
    """Record an OFFER or counteroffer: the file is copied in once it reads as an amendment of the contract."""
    from evenhand.negotiation.record import NewRound, add_round

    made = add_round(kept_by(name, book_path), offer, NewRound(by, day_or_today(day), note, answers))
    answered = f", which answers round {made.answers}" if made.answers else ""
    click.echo(f"Round {made.number} by {made.by}{answered}: {made.offer}")


@click.command()
@named
@click.argument("number", type=int)
@click.argument("state", type=click.Choice(["accepted", "rejected", "withdrawn"]))
def close(name: str, number: int, state: str, book_path: Path | None) -> None:
    """Mark round NUMBER as accepted, rejected or withdrawn."""
    from evenhand.negotiation.record import close_round

    close_round(kept_by(name, book_path), number, state)
    click.echo(f"Round {number}: {state}")


@click.command()
@named
@click.argument("said")
@click.option("--kind", type=click.Choice(TALKS), default="call", show_default=True)
@click.option("--who", multiple=True, help="Who took part; may be given again.")
@click.option("--attach", multiple=True, type=click.Path(path_type=Path), help="A file to keep; may be given again.")
@_DATE
def talk(
    name: str,
    said: str,
    kind: str,
    who: tuple[str, ...],
    attach: tuple[Path, ...],
    day: datetime | None,
    book_path: Path | None,
) -> None:
    """Record what was SAID."""
    from evenhand.negotiation.record import Talk, add_talk

    made = add_talk(kept_by(name, book_path), Talk(day_or_today(day), kind, who, said.strip()), attach)
    click.echo(f"Kept the {made.kind} of {made.date}" + (f" with {len(made.attachments)} file(s)" if attach else ""))


@click.command()
@named
@click.argument("what")
@click.option("--owner", required=True, help="Who promised it.")
@click.option("--due", type=DAY, help="By when (YYYY-MM-DD).")
@_DATE
def promise(
    name: str, what: str, owner: str, due: datetime | None, day: datetime | None, book_path: Path | None
) -> None:
    """Record WHAT somebody promised to do."""
    from evenhand.negotiation.record import promise as add_promise

    until = due.date() if due else None
    made = add_promise(kept_by(name, book_path), what, owner, made=day_or_today(day), due=until)
    click.echo(f"Promise {made.number}: {made.owner}, {made.what}" + (f", by {made.due}" if made.due else ""))


@click.command()
@named
@click.argument("number", type=int)
@_DATE
def done(name: str, number: int, day: datetime | None, book_path: Path | None) -> None:
    """Mark promise NUMBER as kept."""
    from evenhand.negotiation.record import keep_promise

    keep_promise(kept_by(name, book_path), number, day_or_today(day))
    click.echo(f"Promise {number}: done")


@click.command()
@named
@click.argument("issue")
@click.option("--opening", default="", help="Where we begin.")
@click.option("--target", default="", help="What we work towards.")
@click.option("--walk-away", default="", help="What we do not go past.")
def position(name: str, issue: str, opening: str, target: str, walk_away: str, book_path: Path | None) -> None:
    """Set our position on an ISSUE."""
    from evenhand.negotiation.record import position as set_position

    found = set_position(kept_by(name, book_path), issue, opening=opening, target=target, walk_away=walk_away)
    one = found.issue(issue)
    assert one is not None
    values = ((one.opening, "opening"), (one.target, "target"), (one.walk_away, "walk-away"))
    click.echo(f"{issue}: {', '.join(f'{word} {value}' for value, word in values if value)}")


@click.command()
@named
@click.argument("issue")
@click.option("--opening", default="", help="Where they begin.")
@click.option("--target", default="", help="What they work towards.")
@click.option("--walk-away", default="", help="What they do not go past.")
@click.option("--sure", type=click.Choice(SURE), default="guessed", show_default=True, help="How sure we are.")
@click.option("--source", default="", help="Why we believe it.")
@_DATE
def belief(
    name: str,
    issue: str,
    opening: str,
    target: str,
    walk_away: str,
    sure: str,
    source: str,
    day: datetime | None,
    book_path: Path | None,
) -> None:
    """Note what we believe of the other side's position on an ISSUE; what is not given stays."""
    from evenhand.negotiation.record import Belief, believe

    given = Belief(opening, target, walk_away, sure, day_or_today(day), source)
    one = believe(kept_by(name, book_path), issue, given)
    values = ((one.opening, "opening"), (one.target, "target"), (one.walk_away, "walk-away"))
    said = ", ".join(f"{word} {value}" for value, word in values if value)
    click.echo(f"{issue}: we believe theirs are {said} ({one.sure}, since {one.since})")


@click.command()
@named
@click.argument("issue")
@click.argument("value")
def settle(name: str, issue: str, value: str, book_path: Path | None) -> None:
    """Mark an ISSUE as agreed on a VALUE."""
    from evenhand.negotiation.record import settle as settle_issue

    found = settle_issue(kept_by(name, book_path), issue, value)
    click.echo(f"{issue}: agreed on {value}; {len(found.open_issues)} of {len(found.issues)} issues open")


@click.command()
@named
@click.argument("issue")
def drop(name: str, issue: str, book_path: Path | None) -> None:
    """Take an ISSUE off the table."""
    from evenhand.negotiation.record import drop as drop_issue

    found = drop_issue(kept_by(name, book_path), issue)
    click.echo(f"{issue}: dropped; {len(found.open_issues)} of {len(found.issues)} issues open")


@click.command()
@named
@click.argument("what", type=click.Choice(APPROVALS))
@click.option("--who", required=True, help="The leader.")
@_DATE
def approve(name: str, what: str, who: str, day: datetime | None, book_path: Path | None) -> None:
    """Record a leader's approval."""
    from evenhand.negotiation.record import Approval
    from evenhand.negotiation.record import approve as add_approval

    add_approval(kept_by(name, book_path), Approval(who, what, day_or_today(day)))
    click.echo(f"{who} approves: {what}")


@click.command()
@named
@click.argument("kind", type=click.Choice(NOTICES))
@click.option("--from", "by", type=click.Choice(["us", "them"]), default="us", show_default=True)
@click.option("--effective", type=DAY, help="When it takes effect (YYYY-MM-DD).")
@_DATE
def notice(
    name: str, kind: str, by: Any, effective: datetime | None, day: datetime | None, book_path: Path | None
) -> None:
    """Record that a formal notice was sent."""
    from evenhand.negotiation.record import Notice, give_notice

    until = effective.date() if effective else None
    give_notice(kept_by(name, book_path), Notice(kind, by, day_or_today(day), effective=until))
    click.echo(f"Notice ({kind}) by {by}, sent {day_or_today(day)}")


@click.command()
@named
def undo(name: str, book_path: Path | None) -> None:
    """Bring back what the negotiation said before its last change; every version is kept."""
    number = kept_by(name, book_path).undo()
    click.echo(f"Back to version {number}; all versions are under .history")
