"""An error of the engine that no view tells itself is told on a page."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person


def test_a_contract_that_does_not_hold_is_told_where_its_negotiation_is_opened(
    own: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    lead = member(own, Role.LEAD)
    negotiation = Desk(lead, own, (Role.LEAD,)).negotiations()[0]
    for file in own.folder.glob("contracts/*/contract.yaml"):
        file.write_text("contract: <b>broken</b>\n", encoding="utf-8")

    answer = signed_in(lead).get(f"/o/cedar/negotiations/{negotiation.name}/")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "contract.yaml" in page
    assert "Nothing was changed" in page
    assert str(own.folder) not in page, "no folder of the server's on a page"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
