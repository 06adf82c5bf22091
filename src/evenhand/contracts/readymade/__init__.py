"""Contracts that come ready: Medicare, as one locality is paid by it, in the contract language itself."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from evenhand.contracts.model import Contract
from evenhand.contracts.reader import CONTRACT_FILE, read_contract
from evenhand.errors import UsageError


def medicare_text(locality: str, *, rolling: str = "nearest", qualifying: bool = False) -> str:
    """The text of the contract that pays professional claims of a locality as Medicare does.

    Args:
        locality: Contractor and locality (``10112-00``), or ``national``.
        rolling: ``yes``: days the library has no release for have no price; ``nearest``: they have the nearest of
            their year.
        qualifying: Whether services are paid as those of qualifying participants (2026 and later).
    """
    template = (files("evenhand.contracts.readymade") / "medicare.yaml").read_text(encoding="utf-8")
    said = {"locality": locality, "rolling": rolling, "qp": "yes" if qualifying else "no"}
    return template.format(**said, identifier=locality.lower())


def medicare_contract(locality: str, *, rolling: str = "nearest", qualifying: bool = False) -> Contract:
    """That contract, read; its schedule is taken from the library at hand.

    Raises:
        ContractError: The library has no releases, or not this locality.
    """
    with TemporaryDirectory() as folder:
        write_medicare(Path(folder) / "medicare", medicare_text(locality, rolling=rolling, qualifying=qualifying))
        return read_contract(Path(folder) / "medicare")


def write_medicare(folder: Path, text: str) -> Path:
    """Write the contract into a folder of its own, to be read, changed and priced like any other.

    Raises:
        UsageError: The folder has a contract already.
    """
    file = folder / CONTRACT_FILE
    if file.exists():
        raise UsageError(f"{file} is there already; name another folder")
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file
