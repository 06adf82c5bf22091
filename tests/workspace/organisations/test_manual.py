"""The manual's table of roles is the policy."""

from __future__ import annotations

from pathlib import Path

from evenhand.workspace.organisations.models import Role
from evenhand.workspace.organisations.policy import POLICY, May

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "people-and-roles.md"


def test_the_table_of_roles_says_what_the_policy_says() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    assert f"| What | {' | '.join(role.label for role in Role)} |" in lines
    for what in May:
        marks = " | ".join("yes" if what in POLICY[role] else "–" for role in Role)
        assert f"| {what} | {marks} |" in lines, f"the row of '{what}'"
