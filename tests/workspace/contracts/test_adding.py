"""Contracts are added and changed by files: shown first, kept whole, never from outside their folder."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evenhand.contracts import read_contract
from evenhand.workspace.contracts import queries
from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person

NAME = "summit-health"
BASE = f"/o/cedar/contracts/{NAME}/"
AMENDMENT = b"amendment: First\neffective: 2027-01-01\nsigned: 2026-11-01\nadjust: [{terms: all, percent: 4}]\n"


@pytest.fixture
def own_desk(own: Organisation, member: Callable[..., Person]) -> Desk:
    """A lead with a book to change."""
    return desk_of(member(own, Role.LEAD), own.slug)


@pytest.fixture
def client(own_desk: Desk, signed_in: Callable[[Person], Client]) -> Client:
    """The lead at the browser."""
    return signed_in(own_desk.person)


@pytest.fixture
def folder(own: Organisation) -> Path:
    """Where the contract lies."""
    return own.folder / "contracts" / NAME


def zipped(files: Mapping[str, bytes]) -> SimpleUploadedFile:
    """An archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return SimpleUploadedFile("folder.zip", out.getvalue())


def of_folder(folder: Path) -> dict[str, bytes]:
    """The files of a folder as an archive holds them."""
    return {f"Summit/{file.name}": file.read_bytes() for file in folder.iterdir() if file.is_file()}


def hidden(page: str) -> dict[str, str]:
    """What the form that keeps a file would send."""
    form = page[page.index("/by-file/keep/") :]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")])
    return dict(found)


def test_a_contract_is_begun(client: Client, own: Organisation) -> None:
    response = client.post("/o/cedar/contracts/new/", {"name": "acme-ppo", "key": "k1", "why": "new payer"})

    assert response["Location"] == "/o/cedar/contracts/acme-ppo/edit/"
    assert read_contract(own.folder / "contracts" / "acme-ppo").id == "acme-ppo"


def test_a_folder_is_taken_from_an_archive(client: Client, own: Organisation, folder: Path) -> None:
    sent = {"name": "summit-two", "archive": zipped(of_folder(folder) | {"__MACOSX/._x": b"x"}), "key": "k1"}

    assert client.post("/o/cedar/contracts/new/", sent).status_code == 302

    kept = read_contract(own.folder / "contracts" / "summit-two")
    assert kept.name == read_contract(folder).name
    assert {file.name for file in (own.folder / "contracts" / "summit-two").glob("[!.]*")} == {
        "contract.yaml",
        "exhibit-a.csv",
    }


def test_a_new_organisation_gets_its_book_with_its_first_contract(
    member: Callable[..., Person], signed_in: Callable[[Person], Client], tmp_path: Path
) -> None:
    new = Organisation.objects.create(name="New", slug="new", book=str(tmp_path / "book"))

    response = signed_in(member(new, Role.LEAD)).post("/o/new/contracts/new/", {"name": "acme", "key": "k"})

    assert response.status_code == 302
    assert (tmp_path / "book" / "contracts" / "acme" / "contract.yaml").is_file()


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"../../evil/contract.yaml": b"x"}, "leads out of its folder"),
        ({"/contract.yaml": b"x"}, "leads out of its folder"),
        ({"notes.txt": b"x"}, "holds no contract.yaml"),
        ({f"{n}.txt": b"" for n in range(400)}, "at most 300"),
        ({"contract.yaml": b"\0" * (61 * 2**20)}, "unpacks to more than 60 MB"),
        ({"contract.yaml": b"contract: [\n"}, "The contract is refused"),
    ],
)
def test_a_bad_archive_adds_nothing(client: Client, own: Organisation, files: Mapping[str, bytes], told: str) -> None:
    response = client.post("/o/cedar/contracts/new/", {"name": "bad", "archive": zipped(files), "key": "k1"})

    assert response.status_code == 422
    assert told in response.content.decode()
    assert not (own.folder / "contracts" / "bad").exists()
    assert not (own.folder.parent / "evil").exists()


@pytest.mark.parametrize("name", ["../x", "Summit", "", ".hidden", "a" * 90, "summit-health"])
def test_a_name_is_plain_and_its_own(client: Client, own: Organisation, name: str) -> None:
    before = sorted(one.name for one in (own.folder / "contracts").iterdir())

    assert client.post("/o/cedar/contracts/new/", {"name": name, "key": "k1"}).status_code == 422
    assert sorted(one.name for one in (own.folder / "contracts").iterdir()) == before


def test_an_amendment_is_shown_before_it_is_kept(client: Client, own_desk: Desk, folder: Path) -> None:
    sent = {"kind": "amendment", "file": SimpleUploadedFile("2027.yaml", AMENDMENT)}

    page = client.post(f"{BASE}by-file/", sent).content.decode()
    assert "What would change" in page
    assert "In order" in page
    assert not (folder / "amendments").exists(), "nothing is kept yet"
    assert client.post(f"{BASE}by-file/keep/", hidden(page) | {"why": "signed"}).status_code == 302

    assert [one.name for one in read_contract(folder).amendments] == ["First"]
    (earlier,) = queries.earlier(own_desk, NAME)
    assert earlier.event is not None
    assert earlier.event.why == "signed"


def test_a_rate_table_is_replaced_with_the_difference_shown(client: Client, folder: Path) -> None:
    rates = (folder / "exhibit-a.csv").read_text().splitlines()
    changed = "\n".join(one.replace("29827,,,", "29827,,,9") if one.startswith("29827") else one for one in rates)
    sent = {"kind": "table", "target": "exhibit-a.csv", "file": SimpleUploadedFile("new.csv", changed.encode())}

    page = client.post(f"{BASE}by-file/", sent).content.decode()

    assert "29827" in page
    assert client.post(f"{BASE}by-file/keep/", hidden(page)).status_code == 302
    assert (folder / "exhibit-a.csv").read_text() == changed


def test_a_workbook_goes_out_and_comes_back(client: Client, folder: Path) -> None:
    workbook = client.get(f"{BASE}workbook/")
    assert workbook["Content-Disposition"].startswith("attachment")
    sent = {"kind": "workbook", "file": SimpleUploadedFile("summit.xlsx", workbook.content)}

    page = client.post(f"{BASE}by-file/", sent)

    assert page.status_code == 200
    assert "Nothing in what it says." in page.content.decode()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"kind": "amendment", "name": "x.exe", "content": AMENDMENT}, "an amendment is a YAML file"),
        ({"kind": "amendment", "name": "x.yaml", "content": b"amendment: [\n"}, "problem"),
        ({"kind": "table", "name": "x.csv", "content": b"code,amount\n"}, "Say which rate table it replaces"),
        ({"kind": "workbook", "name": "x.xlsx", "content": b"no workbook"}, "Not taken"),
        ({"kind": "amendment", "name": "x.yaml", "content": b" " * (4 * 2**20)}, "larger than 3 MB"),
    ],
)
def test_a_bad_file_changes_nothing(client: Client, folder: Path, sent: dict[str, bytes], told: str) -> None:
    before = queries.state_of(folder)
    file = SimpleUploadedFile(str(sent["name"]), sent["content"])

    page = client.post(f"{BASE}by-file/", {"kind": sent["kind"], "file": file})

    assert told in page.content.decode()
    assert queries.state_of(folder) == before


def test_what_was_shown_is_not_kept_over_somebody_elses_change(client: Client, folder: Path) -> None:
    sent = {"kind": "amendment", "file": SimpleUploadedFile("2027.yaml", AMENDMENT)}
    page = client.post(f"{BASE}by-file/", sent).content.decode()
    (folder / "contract.yaml").write_text((folder / "contract.yaml").read_text() + "\n# by another\n")

    response = client.post(f"{BASE}by-file/keep/", hidden(page), follow=True)

    assert "changed by somebody else" in response.content.decode()
    assert not (folder / "amendments").exists()


def test_a_contract_never_takes_the_place_of_another(client: Client, folder: Path) -> None:
    text = (folder / "contract.yaml").read_text() + "\nid: prairie-mutual\n"
    sent = {"text": text, "based_on": queries.state_of(folder), "key": "k1", "why": ""}

    response = client.post(f"{BASE}edit/", sent)

    assert response.status_code == 422
    assert "take the line out" in response.content.decode()


def test_readers_are_not_offered_what_they_may_not_do(
    own: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    reader = signed_in(member(own, Role.READER))

    assert "Add a contract" not in reader.get("/o/cedar/contracts/").content.decode()
    for at in ("/o/cedar/contracts/new/", f"{BASE}by-file/"):
        assert reader.get(at).status_code == 403
        assert reader.post(at, {}).status_code == 403
    assert reader.post(f"{BASE}by-file/keep/", {}).status_code == 403
    assert reader.get(f"{BASE}workbook/").status_code == 200
