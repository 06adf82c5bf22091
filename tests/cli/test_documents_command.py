"""`evenhand negotiation documents`: what it writes, what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.errors import EvenhandError

Run = Callable[..., str]


def written(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_dry_run_writes_nothing(run: Run, tmp_path: Path) -> None:
    said = run("negotiation", "documents", "summit", "--out", str(tmp_path / "papers"), "--dry-run")
    assert "Would write positions, comparison, letter, one-pager as docx, html" in said
    assert not (tmp_path / "papers").exists()


def test_what_cannot_be_made_is_told_and_the_rest_written(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    said = run("negotiation", "documents", "summit", "--out", str(folder), "--format", "html", "--today", "2026-09-12")
    assert "No letter: the letter has nothing to propose" in said
    assert written(folder) == ["summit-comparison.html", "summit-one-pager.html", "summit-positions.html"]
    assert "no offer has been recorded" in (folder / "summit-comparison.html").read_text(encoding="utf-8")


def test_one_letter_in_one_format(run: Run, tmp_path: Path) -> None:
    run("negotiation", "position", "summit", "fee-schedule", "--opening", "8 %")
    words = ("negotiation", "documents", "summit", "--out", str(tmp_path), "--only", "letter", "--format", "docx")
    assert run(*words).rstrip().endswith("summit-letter.docx: may go to the other side once read")
    with pytest.raises(EvenhandError, match=r"is there already; name another folder with --out, or replace it"):
        run(*words)
    first = (tmp_path / "summit-letter.docx").read_bytes()
    run(*words, "--force")
    assert (tmp_path / "summit-letter.docx").read_bytes() == first
    run("negotiation", "undo", "summit")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("summt",), "there is no negotiation 'summt'; did you mean 'summit'?"),
        (("summit", "--format", "pdf"), "--format pdf: 'pdf' cannot be written; say docx, html or docx,html"),
        (("summit", "--format", ","), "--format names nothing"),
        (("summit", "--only", "letter"), "the letter has nothing to propose; give issues an opening"),
        (("summit", "--assume", "growth"), "that is not a name and a number"),
    ],
)
def test_what_is_asked_wrongly_is_answered(run: Run, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(EvenhandError, match=said.replace("?", r"\?")):
        run("negotiation", "documents", *words, "--out", str(tmp_path / "papers"))
    assert not (tmp_path / "papers").exists()
