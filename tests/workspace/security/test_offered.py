"""A page offers only what whoever reads it may do."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from evenhand.workspace.organisations.models import Role

_TEAM = {Role.LEAD, Role.ANALYST, Role.COUNSEL, Role.EXECUTIVE}
#: A page, words on it, and who reads them there.
OFFERED = (
    ("contracts/summit-health/", "Change the text", {Role.LEAD, Role.ANALYST, Role.COUNSEL}),
    ("contracts/summit-health/rates/", "Change the text", {Role.LEAD, Role.ANALYST, Role.COUNSEL}),
    ("negotiations/summit/", "Record a round", {Role.LEAD, Role.ANALYST}),
    ("negotiations/summit/", ">Walk-away</th>", _TEAM),
    ("negotiations/summit/", ">What if</a>", _TEAM),
    ("negotiations/summit/talks/", "Record a call, a meeting, a letter", {Role.LEAD, Role.ANALYST, Role.COUNSEL}),
)


def test_pages_offer_only_what_one_may_do(entered: Callable[[str], Client]) -> None:
    found = {
        (page, words): {role for role in Role if words in entered(role).get(f"/o/cedar/{page}").content.decode()}
        for page, words, _ in OFFERED
    }

    assert found == {(page, words): roles for page, words, roles in OFFERED}
