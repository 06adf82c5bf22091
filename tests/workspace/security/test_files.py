"""Files people send: names that lead elsewhere, archives that are bombs, what is too large, what is no such file."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.workspace.loading.remittances import remittance

from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.people.models import Person
from evenhand.workspace.site.forms import new_key
from evenhand.workspace.tasks.worker import run_waiting

NAMES = (
    "../../evil.835",
    "..\\..\\evil.835",
    "/etc/cron.d/evil.835",
    "C:\\evil.835",
    "....//....//evil.835",
    "%2e%2e%2fevil.835",
    ".",
    "..",
    "~/evil.835",
    "evil.835/..",
    "con.835",
    "e" * 4000 + ".835",
    "evil\u202e538.835",
)
OUTSIDE = (
    "../../outside",
    "/outside",
    "\\outside",
    "//outside",
    "..\\..\\outside",
    "a/../../../outside",
    "C:/outside",
    ".",
    "./",
    "a//../../outside",
)
CONTRACT = "contract: C\nparties:\n  provider: {name: Cedar Ridge Orthopaedics, tin: ['84-0000000']}\n"
CONTRACT += "  payer: {name: Summit, ids: [S1]}\neffective: 2025-01-01\nends: 2027-12-31\nterms:\n  - name: All\n"
CONTRACT += "    for: {claim_type: professional}\n    pay: {percent_of_charges: 50}\n"


@pytest.fixture(autouse=True)
def apart(settings: Any, tmp_path: Path) -> Path:
    """What is sent lies deep in the folder of the test, so that whatever leads out of it is found there."""
    deep = tmp_path / "a" / "b" / "c"
    settings.STAGING, settings.ATTACHMENTS = deep / "staging", deep / "attachments"
    return deep


@pytest.fixture
def lead(people: dict[str, Person], entered: Callable[[str], Client]) -> Client:
    """Somebody who may load and change contracts."""
    return entered("lead")


def all_files(folder: Path) -> set[str]:
    """The files and links under a folder."""
    return {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_symlink() or not one.is_dir()}


def packed(*members: tuple[str, bytes], links: tuple[tuple[str, str], ...] = ()) -> bytes:
    """An archive of these members, and of symbolic links."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content)
        for name, target in links:
            link = zipfile.ZipInfo(name)
            link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
            archive.writestr(link, target)
    return out.getvalue()


def bomb(megabytes: int, name: str = "bomb.csv") -> bytes:
    """An archive that is a thousandth of what it unpacks to."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as member:
        for _ in range(megabytes):
            member.write(bytes(2**20))
    return out.getvalue()


def bring(client: Client, name: str, content: bytes) -> Any:
    file: Any = SimpleUploadedFile("x", content)
    file._name = name  # as a browser of an attacker's own would send it
    return client.post("/o/cedar/loading/bring/", {"key": new_key(), "files": [file]})


def add(client: Client, content: bytes, name: str = "evil") -> Any:
    archive = SimpleUploadedFile("c.zip", content)
    return client.post("/o/cedar/contracts/new/", {"key": new_key(), "name": name, "archive": archive, "why": "w"})


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_leads_nowhere(lead: Client, name: str, tmp_path: Path, apart: Path) -> None:
    before = all_files(tmp_path)

    assert bring(lead, name, remittance(1)).status_code in (302, 400, 422)
    run_waiting()

    made = all_files(tmp_path) - before
    assert all(one.startswith("a/b/c/staging/cedar/") for one in made), made


@pytest.mark.parametrize("name", OUTSIDE, ids=range(len(OUTSIDE)))
def test_a_member_of_an_archive_leads_nowhere(lead: Client, name: str, tmp_path: Path, own: Organisation) -> None:
    before = all_files(tmp_path)
    archive = packed(("contract.yaml", CONTRACT.encode()), (name, b"outside"))

    assert add(lead, archive).status_code in (302, 422)
    assert bring(lead, "all.zip", packed(("a.835", remittance(1)), (name, remittance(2)))).status_code in (302, 422)
    run_waiting()

    made = all_files(tmp_path) - before
    inside = ("a/b/c/staging/cedar/", "book/contracts/evil/", "book/contracts/.evil", "book/.versions/")
    assert not [one for one in made if not one.startswith(inside)], made
    assert not Path("/outside").exists()


def test_a_link_in_an_archive_is_followed_by_nobody(lead: Client, tmp_path: Path, own: Organisation) -> None:
    (tmp_path / "secret").write_text("the other client's rates")
    links = (("link.csv", str(tmp_path / "secret")), ("amendments", ".."))

    add(lead, packed(("contract.yaml", CONTRACT.encode()), links=links))
    bring(lead, "all.zip", packed(("a.835", remittance(1)), links=(("b.835", str(tmp_path / "secret")),)))
    run_waiting()

    assert not [one for one in tmp_path.rglob("*") if one.is_symlink()]
    held = [one for one in tmp_path.rglob("*") if one.is_file() and one.name != "secret"]
    assert not [one for one in held if b"other client" in one.read_bytes()]


@pytest.mark.parametrize(
    "where", ["../contract.yaml", "..%2fcontract.yaml", "amendments/../../../../book.json", "/etc/passwd"]
)
def test_a_file_asked_for_lies_in_its_folder(lead: Client, own: Organisation, where: str) -> None:
    name = sorted(one.name for one in (own.folder / "contracts").iterdir() if one.is_dir())[0]

    assert lead.get(f"/o/cedar/contracts/{name}/file/{where}").status_code == 404
    assert lead.get(f"/o/cedar/contracts/..%2f..%2fbook/{where}").status_code == 404
    assert lead.get(f"/o/cedar/contracts/../file/{where}").status_code == 404


@pytest.mark.parametrize(
    "name", ["..", ".", "a/b", "../x", ".hidden", "x\x00y", "A", "x" * 300, "x\n", "contracts/../x"]
)
def test_a_new_contract_or_negotiation_is_called_plainly(
    lead: Client, tmp_path: Path, own: Organisation, name: str
) -> None:
    contract = sorted(one.name for one in (own.folder / "contracts").iterdir() if one.is_dir())[0]
    before = {str(one) for one in tmp_path.rglob("*")}
    packed_one = packed(("contract.yaml", CONTRACT.encode()))
    begun = {"key": new_key(), "contract": contract, "name": name}

    taken = [add(lead, packed_one, name).status_code, lead.post("/o/cedar/negotiations/", begun).status_code]

    made = sorted({str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*") if str(one) not in before})
    plain = ("book/contracts/x", "book/negotiations/x", "book/negotiations/A", "book/.")
    assert all(status in (302, 422) for status in taken), taken
    assert not [one for one in made if not one.startswith(plain)], made


def test_a_bomb_is_refused_as_a_contract_and_its_parts(lead: Client, own: Organisation) -> None:
    name = next(one.parent.name for one in sorted((own.folder / "contracts").glob("*/*.csv")))
    big = bomb(300)
    assert len(big) < 2**20

    assert add(lead, bomb(80)).status_code == 422
    assert add(lead, packed(("contract.yaml", CONTRACT.encode()), ("rates.xlsx", big))).status_code == 422
    for kind, target in (("workbook", ""), ("table", "rates.xlsx")):
        sent = {"kind": kind, "target": target, "file": SimpleUploadedFile("rates.xlsx", big)}
        assert lead.post(f"/o/cedar/contracts/{name}/by-file/", sent).status_code == 422, kind


def test_a_bomb_is_refused_when_it_is_brought_in(lead: Client, settings: Any) -> None:
    settings.UPLOAD_MOST_UNPACKED = 50 * 2**20

    assert bring(lead, "b.zip", bomb(60)).status_code == 422
    assert bring(lead, "many.zip", packed(*((f"{n}.835", b"") for n in range(20_001)))).status_code == 422


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"PK\x05\x06" + bytes(18), packed(("contract.yaml", b"\xff\x00")), b""]
)
def test_a_damaged_archive_is_told(lead: Client, content: bytes) -> None:
    assert add(lead, content).status_code == 422
    assert bring(lead, "a.zip", content).status_code in (302, 422)
    run_waiting()


def test_damage_inside_an_archive_is_told(lead: Client) -> None:
    whole = bytearray(packed(("contract.yaml", CONTRACT.encode() * 20)))
    whole[45:75] = bytes(30)

    assert add(lead, bytes(whole)).status_code == 422


def test_what_is_too_large_is_refused(lead: Client, own: Organisation, objects: dict[str, Any]) -> None:
    large = SimpleUploadedFile("a.yaml", b"a" * (11 * 2**20))
    at = reverse("round-new", args=["cedar", objects["negotiation"]])
    sent = {"key": new_key(), "by": "us", "day": "2026-01-01", "amends": "contract", "sent": [large]}
    assert lead.post(at, sent).status_code == 422
    large.seek(0)
    kind = {"kind": "amendment", "file": large}
    assert lead.post(f"/o/cedar/contracts/{objects['contract']}/by-file/", kind).status_code == 422


def test_every_file_is_saved_and_never_shown(
    lead: Client, url: Callable[..., str], objects: dict[str, Any], own: Organisation
) -> None:
    from tests.workspace.security.walking import addresses

    seen = 0
    for name, at, _ in addresses(url):
        answer = lead.get(at)
        kind = answer.headers.get("Content-Type", "text/html")
        if answer.status_code != 200 or kind.startswith(("text/html", "application/json")):
            continue
        seen += 1
        assert answer.headers.get("Content-Disposition", "").startswith("attachment"), f"{name}: {kind}"
    assert seen > 3
