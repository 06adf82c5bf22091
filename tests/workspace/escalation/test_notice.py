"""Notice that ends a contract: two people, the contract's own days, every duty, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from evenhand.negotiation.record import Kept, Notice, add_goal, give_notice
from evenhand.workspace.escalation import actions, noticing
from evenhand.workspace.escalation.models import NoticeRequest
from evenhand.workspace.negotiations.queries import opened
from evenhand.workspace.negotiations.reading import Reading
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.errors import ConflictError, RefusedError
from evenhand.workspace.organisations.models import Membership, Role
from evenhand.workspace.site.forms import new_key
from evenhand.workspace.trail.actions import DoneBeforeError
from evenhand.workspace.trail.models import Event

PAGE = "/o/cedar/negotiations/summit/escalation/notice/"
SCRIPT = '"><script>alert(1)</script>'
ENDS = date(2027, 3, 31)


def approve(cfo: Desk) -> None:
    state = opened(cfo, "summit").state
    actions.sign(cfo, "summit", "termination", note="", state=state, key=new_key())


def duties(desk: Desk, ends: date = ENDS) -> list[str]:
    return [one.id for one in noticing.duties_of(opened(desk, "summit"), ends)]


def asked(desk: Desk, kind: str = "non-renewal", ends: date | None = None, why_day: str = "") -> NoticeRequest:
    state = opened(desk, "summit").state
    return noticing.ask(
        desk, "summit", noticing.Asked(kind, "No movement.", duties(desk), state, new_key(), ends, why_day)
    )


def said(desk: Desk, row: NoticeRequest, payer: str = "Summit Health") -> noticing.Confirmed:
    ends = noticing.ends_of(opened(desk, "summit"), row)
    return noticing.Confirmed(payer, duties(desk), ends, new_key())


def confirm(desk: Desk, row: NoticeRequest) -> None:
    noticing.confirm(desk, "summit", row.pk, said(desk, row))


def given(kept: Kept) -> list[Notice]:
    return [one for one in kept.read().notices if one.by == "us" and one.sent]


def test_two_people_give_notice_and_the_file_says_so(lead: Desk, counsel: Desk, cfo: Desk, kept: Kept) -> None:
    approve(cfo)
    row = asked(lead)
    assert given(kept) == [], "asking gives no notice"

    confirm(counsel, row)

    (notice,) = given(kept)
    assert (notice.kind, notice.sent, notice.effective) == ("non-renewal", timezone.localdate(), ENDS)
    assert notice.note == "asked for by Dana, confirmed by Omar"
    told = Event.objects.filter(name="summit", person__isnull=False).order_by("number").values_list("what", flat=True)
    assert list(told)[-2:] == [
        "asked for notice of non-renewal in",
        "confirmed and gave notice of non-renewal in",
    ]


def test_the_same_person_twice_is_refused(lead: Desk, cfo: Desk, kept: Kept) -> None:
    approve(cfo)
    row = asked(lead)
    with pytest.raises(RefusedError, match="a second person must confirm"):
        confirm(lead, row)
    assert given(kept) == []


def test_leadership_approves_first(lead: Desk, cfo: Desk) -> None:
    with pytest.raises(RefusedError, match="missing: Ruth Feldman"):
        asked(lead)
    approve(cfo)
    asked(lead)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.READER, Role.ADMINISTRATOR])
def test_who_may_not_give_notice_neither_asks_nor_confirms(
    lead: Desk, cfo: Desk, somebody: Callable[..., Desk], role: Role
) -> None:
    approve(cfo)
    other = somebody(role, "other")
    with pytest.raises(PermissionDenied):
        asked(other)
    row = asked(lead)
    with pytest.raises(PermissionDenied):
        confirm(other, row)
    with pytest.raises(PermissionDenied):
        noticing.withdraw(other, "summit", row.pk, why="", key=new_key())


def test_every_duty_is_confirmed_by_itself(lead: Desk, counsel: Desk, cfo: Desk) -> None:
    approve(cfo)
    state = opened(lead, "summit").state
    with pytest.raises(RefusedError, match="Not confirmed: continuing care"):
        noticing.ask(
            lead, "summit", noticing.Asked("non-renewal", "No.", ["patients", "out-of-network"], state, new_key())
        )
    row = asked(lead)
    less = noticing.Confirmed("Summit Health", ["patients"], ENDS, new_key())
    with pytest.raises(RefusedError, match="Not confirmed"):
        noticing.confirm(counsel, "summit", row.pk, less)


def test_the_payers_name_is_typed(lead: Desk, counsel: Desk, cfo: Desk) -> None:
    approve(cfo)
    row = asked(lead)
    with pytest.raises(RefusedError, match="Type the payer's name"):
        noticing.confirm(counsel, "summit", row.pk, said(counsel, row, "Prairie Mutual"))
    noticing.confirm(counsel, "summit", row.pk, said(counsel, row, " summit  health "))


def test_it_expires_after_seven_days(lead: Desk, counsel: Desk, cfo: Desk, kept: Kept) -> None:
    approve(cfo)
    row = asked(lead)
    NoticeRequest.objects.update(asked=timezone.now() - timedelta(days=7))

    with pytest.raises(RefusedError, match="expired"):
        confirm(counsel, row)

    assert given(kept) == []
    asked(lead)  # and another can be made
    assert list(NoticeRequest.objects.order_by("pk").values_list("state", flat=True)) == ["expired", "waiting"]


def test_one_request_waits_at_a_time(lead: Desk, counsel: Desk, cfo: Desk) -> None:
    approve(cfo)
    row = asked(lead)
    with pytest.raises(RefusedError, match="A request by Dana waits already"):
        asked(counsel)
    noticing.withdraw(counsel, "summit", row.pk, why="Talks go on.", key=new_key())
    asked(counsel)


def test_a_request_withdrawn_is_not_confirmed(lead: Desk, counsel: Desk, cfo: Desk, kept: Kept) -> None:
    approve(cfo)
    row = asked(lead)
    noticing.withdraw(lead, "summit", row.pk, why="", key=new_key())
    with pytest.raises(RefusedError, match="withdrawn"):
        confirm(counsel, row)
    assert given(kept) == []


def test_a_negotiation_that_changed_needs_a_new_request(lead: Desk, counsel: Desk, cfo: Desk, kept: Kept) -> None:
    approve(cfo)
    row = asked(lead)
    add_goal(kept, "Something else")
    with pytest.raises(RefusedError, match="The negotiation was changed"):
        confirm(counsel, row)
    assert given(kept) == []


def test_a_contract_that_changed_needs_a_new_request(lead: Desk, counsel: Desk, cfo: Desk, kept: Kept) -> None:
    approve(cfo)
    row = asked(lead)
    file = kept.contract_folder() / "contract.yaml"
    file.write_text(file.read_text().replace("notice: 120 days", "notice: 90 days"))
    with pytest.raises(RefusedError, match="The contract was changed"):
        confirm(counsel, row)
    assert given(kept) == []


def test_a_form_of_a_negotiation_that_changed_is_refused(lead: Desk, cfo: Desk, kept: Kept) -> None:
    approve(cfo)
    state = opened(lead, "summit").state
    add_goal(kept, "Something else")
    with pytest.raises(ConflictError):
        noticing.ask(lead, "summit", noticing.Asked("non-renewal", "No.", duties(lead), state, new_key()))


def test_who_asked_must_still_have_leave(lead: Desk, counsel: Desk, cfo: Desk) -> None:
    approve(cfo)
    row = asked(lead)
    Membership.objects.filter(person=lead.person).update(role=Role.READER)
    with pytest.raises(RefusedError, match="may not ask for a notice any more"):
        confirm(counsel, row)


def test_a_day_by_hand_needs_a_reason_which_is_kept(lead: Desk, counsel: Desk, cfo: Desk, kept: Kept) -> None:
    approve(cfo)
    later = date(2027, 6, 30)
    with pytest.raises(RefusedError, match="needs a reason"):
        asked(lead, "termination", later)
    row = asked(lead, "termination", later, "The board wants the end of the quarter.")
    confirm(counsel, row)

    (notice,) = given(kept)
    assert notice.effective == later
    assert "The board wants" in notice.note


def test_notice_is_given_once(lead: Desk, counsel: Desk, cfo: Desk, kept: Kept) -> None:
    approve(cfo)
    row = asked(lead)
    once = said(counsel, row)
    noticing.confirm(counsel, "summit", row.pk, once)
    with pytest.raises((RefusedError, DoneBeforeError)):
        noticing.confirm(counsel, "summit", row.pk, once)
    with pytest.raises(RefusedError, match="was given on"):
        asked(lead, "termination")
    assert len(given(kept)) == 1


def test_a_notice_recorded_elsewhere_keeps_a_second_from_being_asked_for(lead: Desk, cfo: Desk, kept: Kept) -> None:
    give_notice(kept, Notice("termination", "us", timezone.localdate()))
    approve(cfo)
    with pytest.raises(RefusedError, match="was given on"):
        asked(lead)


def test_of_two_who_confirm_at_once_one_does(
    lead: Desk, counsel: Desk, cfo: Desk, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(cfo)
    row = asked(lead)
    looked = noticing._fit

    def slow(desk: Desk, given_now: Reading, row: NoticeRequest, what: noticing.Confirmed) -> date:
        """All is well for counsel; before counsel writes, the other one has confirmed."""
        ends = looked(desk, given_now, row, what)
        monkeypatch.setattr(noticing, "_fit", looked)
        confirm(cfo, row)
        return ends

    monkeypatch.setattr(noticing, "_fit", slow)
    with pytest.raises(RefusedError, match="This request is confirmed"):
        confirm(counsel, row)

    (notice,) = given(kept)
    assert notice.note.endswith("confirmed by Cfo")


def test_the_pages_ask_and_confirm(
    lead: Desk, counsel: Desk, cfo: Desk, kept: Kept, entered: Callable[[Desk], Client]
) -> None:
    approve(cfo)
    first, second = entered(lead), entered(counsel)
    boxes = {f"duty-{one}": "on" for one in duties(lead)}
    state = opened(lead, "summit").state
    sent = {**boxes, "key": new_key(), "based_on": state, "why": SCRIPT}
    assert first.post(f"{PAGE}ask/non-renewal/", {**sent, "duty-patients": ""}).status_code == 422
    assert first.post(f"{PAGE}ask/non-renewal/", sent).status_code == 302
    row = NoticeRequest.objects.get()
    assert (
        "confirm or withdraw the notice of non-renewal that Dana asks for" in second.get("/o/cedar/").content.decode()
    )
    assert "confirm or withdraw" not in first.get("/o/cedar/").content.decode()
    page = second.get(PAGE).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    draft = second.get(f"{PAGE}{row.pk}/letter/")
    assert draft["Content-Disposition"].startswith('attachment; filename="draft-notice')

    told = {**boxes, "key": new_key(), "ends": str(ENDS), "payer": "Somebody else"}
    assert "Type the payer" in second.post(f"{PAGE}{row.pk}/confirm/", told, follow=True).content.decode()
    told |= {"key": new_key(), "payer": "Summit Health"}
    done = second.post(f"{PAGE}{row.pk}/confirm/", told, follow=True).content.decode()

    assert "Nothing was sent" in done
    assert len(given(kept)) == 1
    letter = second.get(f"{PAGE}{row.pk}/letter/")
    assert letter["Content-Disposition"].startswith('attachment; filename="notice-summit')
