"""Contracts are read in plain words, and changed with every version kept and nobody's change overwritten."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from evenhand.contracts import read_contract
from evenhand.errors import ContractError, UsageError
from evenhand.workspace.contracts import actions, queries
from evenhand.workspace.contracts.actions import Sent
from evenhand.workspace.contracts.errors import ConflictError
from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks.worker import run_waiting
from evenhand.workspace.trail.matching import OUTSIDE
from evenhand.workspace.trail.queries import broken, events

NAME = "summit-health"
BASE = f"/o/cedar/contracts/{NAME}/"


@pytest.fixture
def own_desk(own: Organisation, member: Callable[..., Person]) -> Desk:
    """A lead with a book to change."""
    return desk_of(member(own, Role.LEAD), own.slug)


@pytest.fixture
def folder(own: Organisation) -> Path:
    """Where the contract lies."""
    return own.folder / "contracts" / NAME


def edited(folder: Path) -> str:
    """The contract's text with another day case rate."""
    return (folder / "contract.yaml").read_text().replace("amount: 4650", "amount: 4900")


def test_a_contract_is_read_as_its_language_says(desk: Desk, signed_in: Callable[[Person], Client]) -> None:
    client = signed_in(desk.person)

    assert "Summit Health" in client.get("/o/cedar/contracts/").content.decode()
    page = client.get(BASE).content.decode()
    assert "38% of charges; in addition to any case or day rate" in page
    assert page.count("priced exactly") == 4
    assert "renews by itself for 1 year at a time, 120 days notice" in page


def test_rates_are_sought_by_the_beginning_of_a_code(desk: Desk, signed_in: Callable[[Person], Client]) -> None:
    rows = queries.rates(queries.folder_of(desk, NAME), read_contract(queries.folder_of(desk, NAME)).period.start)
    page = signed_in(desk.person).get(f"{BASE}rates/?code=9921").content.decode()

    assert len(rows) == 405
    assert "99213" in page
    assert "99203" not in page


def test_forty_thousand_rates_are_searched_in_no_time(
    own_desk: Desk, folder: Path, signed_in: Callable[[Person], Client]
) -> None:
    codes = "".join(f"{code:05d},{code % 900 + 1}.25\n" for code in range(10000, 50000))
    (folder / "exhibit-a.csv").write_text("code,amount\n" + codes)
    client = signed_in(own_desk.person)
    client.get(f"{BASE}rates/")

    begun = time.perf_counter()
    page = client.get(f"{BASE}rates/?code=4")
    took = time.perf_counter() - begun

    assert "1–100 of 10,000 rates" in page.content.decode()
    assert took < 0.3, f"{took:.3f} s"


def test_which_terms_pay_is_worked_out_and_shown(desk: Desk, signed_in: Callable[[Person], Client]) -> None:
    client = signed_in(desk.person)
    client.get(f"{BASE}terms/")
    run_waiting()

    page = client.get(f"{BASE}terms/").content.decode()

    assert "Terms that pay, most dollars first" in page
    assert "Of the contract" in page


def test_files_are_saved_and_never_shown(own_desk: Desk, folder: Path, signed_in: Callable[[Person], Client]) -> None:
    (folder / "signed <b>.html").write_text("<script>alert(1)</script>")
    client = signed_in(own_desk.person)

    page = client.get(BASE).content.decode()
    assert "signed &lt;b&gt;.html" in page
    response = client.get(f"{BASE}file/signed <b>.html")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "where", ["../prairie-mutual/contract.yaml", "..%2f..%2fbook.json", ".history/x", "/etc/passwd", "none"]
)
def test_nothing_outside_the_contracts_folder_is_handed_out(
    desk: Desk, signed_in: Callable[[Person], Client], where: str
) -> None:
    assert signed_in(desk.person).get(f"{BASE}file/{where}").status_code == 404


def test_a_change_is_kept_with_the_version_before(own_desk: Desk, folder: Path) -> None:
    based_on, before = queries.state_of(folder), (folder / "contract.yaml").read_text()

    actions.save_text(own_desk, NAME, edited(folder), Sent(based_on, "agreed in March", "key-1"))

    assert "amount: 4900" in (folder / "contract.yaml").read_text()
    (earlier,) = queries.earlier(own_desk, NAME)
    assert (queries.earlier_folder(own_desk, NAME, earlier.stamp) / "contract.yaml").read_text() == before
    assert earlier.event is not None
    assert (earlier.event.why, earlier.event.kind, earlier.event.name) == ("agreed in March", "contract", NAME)
    changed = queries.changes_between(
        queries.earlier_folder(own_desk, NAME, earlier.stamp), queries.after(own_desk, NAME, earlier.stamp)
    )
    assert ["4,900" in one.words for one in changed] == [True]
    assert broken(own_desk.organisation) == []
    assert not list((own_desk.organisation.folder / ".drafts").iterdir()), "drafts are thrown away"


def test_a_change_the_log_does_not_know_is_told_with_the_next(own_desk: Desk, folder: Path) -> None:
    actions.save_text(own_desk, NAME, edited(folder), Sent(queries.state_of(folder), key="key-1"))
    text = (folder / "contract.yaml").read_text()
    (folder / "contract.yaml").write_text(text.replace("amount: 4900", "amount: 4950"))

    for amount in ("4960", "4970"):
        now = (folder / "contract.yaml").read_text()
        told = now.replace("amount: 4950", f"amount: {amount}").replace("amount: 4960", f"amount: {amount}")
        actions.save_text(own_desk, NAME, told, Sent(queries.state_of(folder), key=amount))

    by = [event.by for event in events(own_desk.organisation, kind="contract", name=NAME)]
    assert [one == OUTSIDE for one in by] == [False, False, True, False, True], "the first came by the command line"
    assert broken(own_desk.organisation) == []


def test_the_second_of_two_editors_is_told(own_desk: Desk, folder: Path, signed_in: Callable[[Person], Client]) -> None:
    based_on = queries.state_of(folder)
    actions.save_text(own_desk, NAME, edited(folder), Sent(based_on, "", "key-1"))
    mine = (folder / "contract.yaml").read_text().replace("amount: 17200", "amount: 18000").replace("4900", "4650")

    with pytest.raises(ConflictError, match="changed by somebody else"):
        actions.save_text(own_desk, NAME, mine, Sent(based_on, "", "key-2"))
    sent = {"text": mine, "why": "", "based_on": based_on, "key": "key-3"}
    response = signed_in(own_desk.person).post(f"{BASE}edit/", sent)

    assert response.status_code == 409
    page = response.content.decode()
    assert "amount: 18000" in page, "what one wrote is still there"
    assert "amount: 4900" in page, "beside what the other one kept"
    assert "18000" not in (folder / "contract.yaml").read_text()
    assert len(events(own_desk.organisation).filter(person=own_desk.person)) == 1


def test_a_form_sent_twice_acts_once(own_desk: Desk, folder: Path, signed_in: Callable[[Person], Client]) -> None:
    sent = {"text": edited(folder), "why": "", "based_on": queries.state_of(folder), "key": "key-1"}
    client = signed_in(own_desk.person)

    assert [client.post(f"{BASE}edit/", sent).status_code for _ in range(2)] == [302, 302]
    assert len(queries.earlier(own_desk, NAME)) == 1


def test_a_wrong_text_is_refused_with_line_and_reason_and_nothing_is_lost(
    own_desk: Desk, folder: Path, signed_in: Callable[[Person], Client]
) -> None:
    before = (folder / "contract.yaml").read_text()
    wrong = before.replace("percent_of_charges: 42", "percnt_of_charges: 42")
    sent = {"text": wrong, "why": "because", "based_on": queries.state_of(folder), "key": "key-1"}

    response = signed_in(own_desk.person).post(f"{BASE}edit/", sent)

    page = response.content.decode()
    assert response.status_code == 422
    assert "contract.yaml, line" in page
    assert "percnt_of_charges: 42" in page
    assert "because" in page
    assert (folder / "contract.yaml").read_text() == before


def test_a_text_whose_worked_case_no_longer_prices_exactly_is_refused(own_desk: Desk, folder: Path) -> None:
    wrong = (folder / "contract.yaml").read_text().replace("percent_of_charges: 38", "percent_of_charges: 39")

    with pytest.raises(ContractError, match="case 'hip or knee"):
        actions.save_text(own_desk, NAME, wrong, Sent(queries.state_of(folder)))


def test_a_text_that_says_the_same_makes_no_version(own_desk: Desk, folder: Path) -> None:
    with pytest.raises(UsageError, match="nothing was kept"):
        actions.save_text(own_desk, NAME, (folder / "contract.yaml").read_text(), Sent(queries.state_of(folder)))
    assert queries.earlier(own_desk, NAME) == []


def test_what_one_types_is_checked_and_compared(
    own_desk: Desk, folder: Path, signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(own_desk.person)

    said = client.post(f"{BASE}edit/check/", {"text": edited(folder)}).content.decode()
    assert "In order" in said
    assert "$4,900.00 per case" in said
    wrong = client.post(f"{BASE}edit/check/", {"text": "contract: <img src=x>\nterms: 3\n"}).content.decode()
    assert "problem" in wrong
    assert "<img" not in wrong
    assert queries.earlier(own_desk, NAME) == []


def test_an_earlier_version_is_brought_back_and_the_one_it_replaces_kept(
    own_desk: Desk, folder: Path, signed_in: Callable[[Person], Client]
) -> None:
    before = (folder / "contract.yaml").read_text()
    actions.save_text(own_desk, NAME, edited(folder), Sent(queries.state_of(folder)))
    (earlier,) = queries.earlier(own_desk, NAME)
    client = signed_in(own_desk.person)
    at = f"{BASE}versions/{earlier.stamp}/"
    assert "Bring this version back" in client.get(at).content.decode()

    sent = {"based_on": queries.state_of(folder), "why": "a slip", "key": "key-9"}
    assert client.post(f"{at}back/", sent).status_code == 302

    assert (folder / "contract.yaml").read_text() == before
    assert len(queries.earlier(own_desk, NAME)) == 2
    assert "a slip" in client.get(f"{BASE}versions/").content.decode()
    assert client.get(f"{BASE}versions/2020-01-01T000000000000Z/").status_code == 404


def test_a_change_is_told_in_dollars(own_desk: Desk, folder: Path, signed_in: Callable[[Person], Client]) -> None:
    actions.save_text(own_desk, NAME, edited(folder), Sent(queries.state_of(folder)))
    (earlier,) = queries.earlier(own_desk, NAME)
    client = signed_in(own_desk.person)
    at = f"{BASE}versions/{earlier.stamp}/"
    client.get(at)
    run_waiting()

    page = client.get(at).content.decode()

    assert "Worth with all changes" in page
    assert "Change by change" in page


@pytest.mark.parametrize("role", [Role.READER, Role.EXECUTIVE, Role.ADMINISTRATOR])
def test_only_those_who_may_change_contracts_do(
    own: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client], folder: Path, role: Role
) -> None:
    person = member(own, role)
    client, sent = signed_in(person), {"text": edited(folder), "based_on": queries.state_of(folder), "key": "k"}

    assert client.get(BASE).status_code == 200
    assert "Change the text" not in client.get(BASE).content.decode()
    assert client.get(f"{BASE}edit/").status_code == 403
    assert client.post(f"{BASE}edit/", sent).status_code == 403
    assert client.post(f"{BASE}edit/check/", sent).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.save_text(desk_of(person, "cedar"), NAME, edited(folder), Sent(queries.state_of(folder)))


def test_names_with_markup_stay_text(own_desk: Desk, folder: Path, signed_in: Callable[[Person], Client]) -> None:
    file = folder / "contract.yaml"
    bad = "<img src=x onerror=alert(1)>"
    text = (
        file.read_text()
        .replace("{name: Summit Health,", f"{{name: '{bad}',")
        .replace("name: Implants", f"name: '{bad}'")
    )
    file.write_text(
        text.replace("except: Implants", f"except: '{bad}'").replace("Cedar Ridge Orthopaedics with", f"{bad}")
    )
    client = signed_in(own_desk.person)

    for at in (
        BASE,
        f"{BASE}rates/?code={bad}",
        f"{BASE}edit/",
        f"{BASE}versions/",
        "/o/cedar/contracts/",
        "/o/cedar/",
    ):
        page = client.get(at)
        assert page.status_code == 200, at
        assert "<img src=x" not in page.content.decode(), at


def test_a_refused_contract_says_what_is_wrong(
    own_desk: Desk, folder: Path, signed_in: Callable[[Person], Client]
) -> None:
    (folder / "contract.yaml").write_text("contract: Summit\nterms: none\n")
    client = signed_in(own_desk.person)

    for at in (BASE, f"{BASE}rates/", f"{BASE}terms/"):
        assert "This contract is refused" in client.get(at).content.decode(), at
    assert client.get(f"{BASE}edit/").status_code == 200, "it can be mended here"
    assert client.get("/o/cedar/contracts/no-such/").status_code == 404
