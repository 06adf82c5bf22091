"""Run as a program: contracts changed by processes that are killed at given points. Prints what came of it.

Argument: a folder. Each change is made by a process of its own, which kills itself (SIGKILL) right after the file is
changed and before the log is, or between the two renames that put one version in the place of another.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

TEXT = """contract: {name}
parties:
  provider: {{name: Cedar Ridge, tin: ["84-0000000"]}}
  payer: {{name: Summit, ids: [S1]}}
effective: 2025-01-01
ends: 2027-12-31
terms:
  - name: All
    for: {{claim_type: professional}}
    pay: {{percent_of_charges: 50}}
"""


def killed(act: Callable[[], object]) -> int:
    """Do it in a process of its own; the signal that ended it."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            act()
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1]


def killed_after(point: str, function: Callable[..., Any], act: Callable[[], object]) -> int:
    """Do something in a process that is gone once a function has done its work."""

    def dying(*given: Any, **named: Any) -> None:
        function(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    with patch(f"evenhand.{point}", dying):
        return killed(act)


def main() -> None:
    """Add and change, killed; send it again; change once more."""
    folder = Path(sys.argv[1])
    os.environ["EVENHAND_WORKSPACE"] = str(folder / "workspace")
    from evenhand.workspace.running.server import prepare

    prepare()
    from evenhand.contracts import keep_contract, shelf
    from evenhand.workspace.contracts import actions, queries
    from evenhand.workspace.contracts.actions import Sent
    from evenhand.workspace.contracts.drafts import put
    from evenhand.workspace.organisations.desk import desk_of
    from evenhand.workspace.organisations.models import Membership, Organisation, Role
    from evenhand.workspace.people.models import Person
    from evenhand.workspace.trail.actions import DoneBeforeError
    from evenhand.workspace.trail.queries import broken, events

    organisation = Organisation.objects.create(name="Cedar", slug="cedar", book=str(folder / "book"))
    person = Person.objects.create_user("ada@cedar.example", name="Ada")
    Membership.objects.create(person=person, organisation=organisation, role=Role.LEAD)
    desk = desk_of(person, "cedar")
    told: dict[str, Any] = {}

    def add() -> None:
        actions.add(
            desk, "summit", lambda draft: put(draft, "contract.yaml", TEXT.format(name="first").encode()), _sent("add")
        )

    def _sent(key: str) -> Sent:
        held = desk.book().contract_folders().get("summit") if desk.organisation.folder.exists() else None
        return Sent(queries.state_of(held) if held else "", "as agreed", key)

    def save(name: str) -> None:
        actions.save_text(desk, "summit", TEXT.format(name=name), _sent(name))

    def named() -> list[tuple[str, str, str, str]]:
        return [(one.what, one.by, one.key or "", one.why) for one in events(organisation, kind="contract")][::-1]

    def again(act: Callable[[], object]) -> str:
        try:
            act()
        except DoneBeforeError:
            return "done before"
        return "done"

    told["ends"] = [killed_after("workspace.contracts.actions.keep_contract", keep_contract, add)]
    told["untold"] = named()
    told["add again"], told["told"] = again(add), named()
    points = (("second", "workspace.contracts.actions.keep_contract"), ("third", "contracts.shelf._put_away"))
    for name, point in points:
        function = keep_contract if "actions" in point else shelf._put_away
        told["ends"].append(killed_after(point, function, lambda name=name: save(name)))  # type: ignore[misc]
    told["after two renames"] = queries.contract_or_problems(desk.book().contract_folders()["summit"])[0].name  # type: ignore[union-attr]
    told["fourth"] = again(lambda: save("fourth"))
    told["in the end"], told["broken"] = named(), broken(organisation)
    told["versions"] = [one.event.what if one.event else "" for one in queries.earlier(desk, "summit")]
    print(json.dumps(told))


if __name__ == "__main__":
    main()
