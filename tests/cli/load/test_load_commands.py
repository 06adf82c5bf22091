"""The commands of the book, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.terminal import typed

TABLE = """claim_id,claim_line_number,claim_type,payer,claim_start_date,hcpcs_code,charge_amount,paid_amount
C1,1,professional,Summit,2025-01-02,99213,150.00,94.82
C1,2,professional,Summit,2025-01-02,20610,n/a,10.00
"""
ODD = "Claim No;DOS;CPT;Billed\nC9;03/01/2025;99213;20\n"
REMITTANCE = "".join(
    (
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *250102*1200*^*00501*000000001*0*P*:~\n",
        "GS*HP*SENDER*RECEIVER*20250102*1200*1*X*005010X221A1~\nST*835*0001~\n",
        "BPR*I*100.00*C*ACH*CCP*01*111*DA*33*1234567890**01*111*DA*33*20250301~\nTRN*1*CHK1*1512345678~\n",
        "N1*PR*Summit Health~\nN1*PE*Cedar Ridge*XX*1234567893~\nLX*1~\n",
        "CLP*C1*1*150.00*100.00**12*P1*11*1~\nNM1*QC*1*DOE*PAT****MI*M1~\n",
        "SVC*HC:99213*150.00*100.00**1~\nDTM*472*20250103~\nCAS*CO*45*50.00~\nSE*12*0001~\nGE*1*1~\nIEA*1*000000001~\n",
    )
)


class Shell:
    """Types commands in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str, fails: bool = False) -> str:
        """What a command prints; standard error when it is to fail."""
        done = typed(self.folder, *words)
        assert (done.code != 0) == fails, done.out + done.err
        return done.err if fails else done.out


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell in a folder with a claims table, a remittance, an odd table and a note."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/claims").write_text(TABLE)
    (tmp_path / "in/remit").write_text(REMITTANCE)
    (tmp_path / "in/notes").write_text("call them")
    (tmp_path / "odd.csv").write_text(ODD)
    return Shell(tmp_path)


def test_loading_says_what_was_loaded_and_that_it_adds_up(shell: Shell) -> None:
    said = shell("load", "in")
    for words in ("Tuva medical_claim", "X12", "not recognised", "a text that is no table", "payments", "adds up"):
        assert words in said
    assert "3 files, payments of $100.00; file said = book holds + findings." in said
    again = shell("load", "in")
    assert "Nothing new: the book is as it was. 3 files left out." in again
    assert "already loaded in" in again


def test_what_was_billed_and_what_was_answered_are_never_added_up(shell: Shell) -> None:
    loaded = {row["kind"]: row for row in json.loads(shell("load", "in", "--json"))["loaded"]}
    (load,) = json.loads(shell("loads", "--json"))["loads"]

    billed, answered = loaded["Tuva medical_claim"], loaded["X12"]
    assert (billed["submitted_claims"], billed["submitted_lines"], billed["remitted_claims"]) == (1, 2, 0)
    assert (billed["submitted_charges"], billed["remitted_charges"]) == ("150.00", "0.00")
    assert (answered["submitted_claims"], answered["remitted_claims"], answered["remitted_lines"]) == (0, 1, 1)
    assert (answered["submitted_charges"], answered["remitted_charges"]) == ("0.00", "150.00")
    assert (load["submitted_claims"], load["submitted_lines"], load["submitted_charges"]) == (1, 2, "150.00")
    assert (load["remitted_claims"], load["remitted_lines"], load["remitted_charges"]) == (1, 1, "150.00")
    assert "never add them up" in shell("load", "--dry-run", "--book", "other", "in")


def test_a_book_may_begin_with_a_contract(shell: Shell) -> None:
    shell("contract", "new", "summit")
    assert "summit: added" in shell("contract", "add", "summit")
    shell("load", "in")
    assert "1 contract ·" in " ".join(shell("book", "info").split())


def test_a_slip_of_the_pen_starts_no_book(shell: Shell) -> None:
    shell("load", "nothing", fails=True)
    assert not (shell.folder / "book").exists()


def test_data_cannot_paint_the_screen(shell: Shell) -> None:
    (shell.folder / "odd").write_text(
        REMITTANCE.replace("Summit Health", "Sum\x1b[2Jmit").replace("CLP*C1*", "CLP*C\x1b[31m1*")
    )
    shell("load", "odd")
    for words in (["payers"], ["show", "P1"], ["show", "P1", "--raw"], ["explain", "C\x1b[31m1"], ["findings"]):
        said = shell(*words)
        assert "\x1b" not in said
    assert "\x1b" not in shell("show", "\x1b[2J", fails=True)


def test_amounts_that_cannot_be_read_are_not_said_to_add_up(shell: Shell) -> None:
    (shell.folder / "odd").write_text(REMITTANCE.replace("CLP*C1*1*150.00*100.00", "CLP*C1*1*150.00*ten"))
    said = shell("load", "odd")
    assert "file said = book holds + findings, but for 1 file with amounts that cannot be read." in said


def test_a_file_name_cannot_paint_the_screen(shell: Shell) -> None:
    (shell.folder / "in/\x1b[2J\x1b[31mnotes").write_text("more")
    said = shell("load", "in")
    assert "\x1b" not in said
    assert "\N{REPLACEMENT CHARACTER}[2J" in said


def test_a_dry_run_starts_no_book(shell: Shell) -> None:
    said = shell("load", "--dry-run", "in")
    assert "What would be loaded" in said
    assert "Would load 3 files" in said
    assert not (shell.folder / "book").exists()


def test_loads_can_be_listed_undone_and_put_back(shell: Shell) -> None:
    shell("load", "in/claims")
    (load,) = json.loads(shell("loads", "--json"))["loads"]
    assert (load["files"], load["submitted_claims"], load["submitted_lines"], load["findings"]) == (1, 1, 2, 1)
    assert f"Took out {load['id']}" in shell("unload", load["id"][-8:])
    assert "is empty; load files with: evenhand load PATH…" in shell("loads")
    assert load["id"] in shell("loads", "--unloaded", "--json")
    assert "Put back as" in shell("load", "--restore", load["id"])
    assert len(json.loads(shell("loads", "--json"))["loads"]) == 1


def test_a_merged_book_is_whole(shell: Shell) -> None:
    shell("load", "in/claims")
    shell("load", "in/remit")
    assert "Merged 2 loads into" in shell("book", "compact")
    assert "every file is there" in shell("book", "verify")
    assert "Nothing to merge" in shell("book", "compact")
    tables = {row["table"]: row["rows"] for row in json.loads(shell("book", "info", "--json"))["tables"]}
    assert (tables["lines"], tables["remit_lines"], tables["findings"]) == (2, 1, 1)


def test_findings_are_counted_and_listed(shell: Shell) -> None:
    shell("load", "in")
    counted = json.loads(shell("findings", "--json"))["findings"]
    assert {row["rule"]: row["findings"] for row in counted} == {"not-an-amount": 1, "not-recognised": 1}
    (one,) = json.loads(shell("findings", "--detail", "--rule", "not-an-amount", "--json"))["findings"]
    assert one["message"] == "row 3: charge_amount is not an amount; it is left empty"
    assert one["file"] == "in/claims"
    assert "No findings fit; the book has findings of not-an-amount, not-recognised." in shell(
        "findings", "--rule", "x"
    )


def test_a_claim_is_shown_with_its_remittance_and_its_segments(shell: Shell) -> None:
    shell("load", "in")
    shown = json.loads(shell("show", "C1", "--json"))
    assert [line["hcpcs_code"] for line in shown["lines"]] == ["99213", "20610"]
    assert shown["remit-lines"][0]["adjusted"] == "CO-45 $50.00"
    assert shown["remittances"][0]["status"] == "1 primary"
    raw = shell("show", "P1", "--raw").splitlines()
    assert raw[0].startswith("claim_id,")
    assert raw[1:3] == TABLE.splitlines()[1:]
    assert raw[3] == "CLP*C1*1*150.00*100.00**12*P1*11*1"
    assert raw[-1] == "CAS*CO*45*50.00"


def test_a_claim_is_shown_with_the_zip_codes_it_gives(shell: Shell) -> None:
    (shell.folder / "zips.csv").write_text(
        "Claim No;Billed;Billing Provider ZIP;POS Zip\nC7;20;6156;02108-1234\nC8;5;;\n"
    )
    (shell.folder / "map.yaml").write_text(shell("load", "--map-from", "zips.csv"))
    shell("load", "--map", "map.yaml", "zips.csv")
    (claim,) = json.loads(shell("show", "C7", "--json"))["claim"]
    assert (claim["billing_zip"], claim["facility_zip"]) == ("06156", "021081234")
    (claim,) = json.loads(shell("show", "C8", "--json"))["claim"]
    assert (claim["billing_zip"], claim["facility_zip"]) == (None, None)


def test_an_odd_table_is_loaded_by_the_mapping_drafted_for_it(shell: Shell) -> None:
    assert "needs a mapping" in " ".join(shell("load", "odd.csv").split())
    (shell.folder / "map.yaml").write_text(shell("load", "--map-from", "odd.csv"))
    assert "mapped tables" in shell("load", "--map", "map.yaml", "odd.csv")
    assert json.loads(shell("findings", "--json"))["findings"] == []
    assert json.loads(shell("show", "C9", "--json"))["claim"][0]["charge_amount"] == "20.00"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["loads"], "there is no book at book; start one with"),
        (["contract", "list"], "there is no book at book; start one with"),
        (["contract", "list", "--book", "in"], "in is not a book; start one with"),
        (["load"], "name what to load"),
        (["load", "nothing"], "nothing: there is no such file or folder"),
        (["findings", "--most", "-1", "--detail"], "-1 is not in the range x>=1"),
        (
            ["findings", "--csv", "no/such.csv"],
            "--csv no/such.csv: there is no folder no; make it first, or name another",
        ),
        (["findings", "--xlsx", "-"], "a workbook cannot go to the screen; name a file"),
        (["load", "--map", "none.yaml", "in"], "none.yaml: cannot be read"),
        (["load", "--book", "in", "in"], "in holds other things and is not a book"),
        (["show", "C1"], "there is no book at book"),
    ],
)
def test_bad_requests_are_answered_in_a_sentence(shell: Shell, words: list[str], said: str) -> None:
    assert said in shell(*words, fails=True)


def test_what_does_not_exist_is_said(shell: Shell) -> None:
    shell("load", "in")
    assert "there is no claim 'X'" in shell("show", "X", fails=True)
    assert "there is no load 'X'; 'evenhand loads' lists them" in shell("unload", "X", fails=True)
