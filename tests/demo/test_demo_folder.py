"""A demo never overwrites what is not its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenhand.demo.folder import MARK, prepare_folder
from evenhand.errors import UsageError

SETTINGS: dict[str, int | bool] = {"claims": 10, "seed": 1, "faults": True}


def test_a_new_or_empty_folder_is_marked(tmp_path: Path) -> None:
    prepare_folder(tmp_path / "new", SETTINGS)
    assert (tmp_path / "new" / MARK).is_file()
    (tmp_path / "empty").mkdir()
    prepare_folder(tmp_path / "empty", SETTINGS)
    assert (tmp_path / "empty" / MARK).is_file()


def test_a_folder_with_other_things_is_refused_even_with_force(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("keep me")
    with pytest.raises(UsageError, match=r"holds other things and is not a demo's; give an empty or new folder"):
        prepare_folder(tmp_path, SETTINGS, force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("a file")
    with pytest.raises(UsageError, match=r"is a file; give a folder with --out"):
        prepare_folder(tmp_path / "demo", SETTINGS)


def test_an_earlier_demo_is_replaced_only_by_force_and_notes_beside_it_stay(tmp_path: Path) -> None:
    prepare_folder(tmp_path, SETTINGS)
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "old.835").write_text("ISA")
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"already holds a demo; --force replaces it"):
        prepare_folder(tmp_path, SETTINGS)
    prepare_folder(tmp_path, SETTINGS, force=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == [MARK, "notes.txt"]


def test_a_link_to_elsewhere_is_removed_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "claims.835").write_text("ISA")
    prepare_folder(tmp_path / "demo", SETTINGS)
    (tmp_path / "demo" / "files").symlink_to(tmp_path / "elsewhere")
    prepare_folder(tmp_path / "demo", SETTINGS, force=True)
    assert (tmp_path / "elsewhere" / "claims.835").read_text() == "ISA"
    assert not (tmp_path / "demo" / "files").exists()
