"""Reading contracts and offers from their folders: everything wrong is found at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from evenhand.contracts.amendments import Amendment, lay, read_amendment
from evenhand.contracts.crosschecks import crosscheck
from evenhand.contracts.draft import draft_contract
from evenhand.contracts.entries import read_entry
from evenhand.contracts.gaps import find_gaps, find_offer_gaps
from evenhand.contracts.language import AMENDMENT, CONTRACT, OFFER
from evenhand.contracts.model import Contract
from evenhand.contracts.nodes import Fields
from evenhand.contracts.records import Entry
from evenhand.contracts.sources import Place, Source, digest
from evenhand.errors import ContractError, Problem

CONTRACT_FILE = "contract.yaml"
AMENDMENTS = "amendments"
_OFFERED = " – offer: "


@dataclass(slots=True)
class Draft:
    """A contract as far as it could be read, with everything wrong with it, and its entry for closer looks.

    ``sources`` are the documents it was read from: the contract, its amendments by name, the offers laid over it.
    """

    contract: Contract | None
    problems: list[Problem] = field(default_factory=list)
    entry: Entry | None = None
    sources: list[Source] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether there is at least one error."""
        return any(problem.severity == "error" for problem in self.problems)


def read_contract(path: Path | str, *, as_known_on: date | None = None) -> Contract:
    """Read a contract with its signed amendments.

    Args:
        path: The contract's folder, or its ``contract.yaml``.
        as_known_on: Leave out amendments that became known only after this day.

    Raises:
        ContractError: Something is wrong; it carries every problem of every file.
    """
    return _whole(draft(Path(path), as_known_on=as_known_on))


def read_offer(path: Path | str, *, contract: Contract | None = None, as_known_on: date | None = None) -> Contract:
    """Read the contract as it would be with an offer.

    Follows ``amends:`` over any number of counteroffers down to the contract.

    Args:
        path: The offer's YAML file.
        contract: Lay the offer over this contract instead of the one its chain leads to.
        as_known_on: Leave out amendments of that contract that became known only after this day.

    Raises:
        ContractError: Something is wrong with the offer or with what it amends.
    """
    return _whole(draft_offer(Path(path), contract=contract, as_known_on=as_known_on))


def check(path: Path | str, *, today: date | None = None) -> tuple[Contract | None, list[Problem]]:
    """Read a contract or an offer and say everything that is wrong or doubtful about it.

    Args:
        path: A contract's folder, its ``contract.yaml``, or an offer's file.
        today: The day notice dates are held against; without it, the current day.

    Returns:
        The contract, ``None`` if there are errors; and all errors and warnings. Worked cases are not
        priced here.
    """
    path, offer = Path(path), is_offer(Path(path))
    drafted = draft_offer(path) if offer else draft(path)
    if drafted.failed or drafted.contract is None or drafted.entry is None:
        return None, drafted.problems
    file = path.name if offer else CONTRACT_FILE
    gaps = find_offer_gaps if offer else find_gaps
    return drafted.contract, drafted.problems + gaps(drafted.contract, drafted.entry, file, today or date.today())


def _whole(drafted: Draft) -> Contract:
    if drafted.failed or drafted.contract is None:
        raise ContractError(problem for problem in drafted.problems if problem.severity == "error")
    return drafted.contract


def is_offer(path: Path) -> bool:
    """Whether a file is an offer rather than a contract."""
    if not path.is_file():
        return False
    node = Source(path, path.name, ()).document()
    return isinstance(node, Fields) and any(key.text == "offer" for key, _ in node.entries)


def draft(path: Path, *, as_known_on: date | None = None) -> Draft:
    """Read a contract as far as possible."""
    file = path / CONTRACT_FILE if path.is_dir() else path
    if not file.is_file():
        return Draft(None, [_missing(path)])
    root = file.parent.resolve()
    source = Source(root / file.name, file.name, [Place(root)])
    entry = read_entry(source, CONTRACT)
    if entry is None:
        return Draft(None, source.problems)
    contract = draft_contract(entry, source, root.name)
    amendments = [_read_file(one, root) for one in _amendment_files(root)]
    used = dict(source.content)
    for change, changing in sorted((pair for pair in amendments if pair[0] is not None), key=_order):
        assert change is not None
        contract, known = _amended(contract, change, changing, as_known_on)
        used.update(changing.content if known else {})
    problems = [*source.problems, *(problem for _, changing in amendments for problem in changing.problems)]
    sources = [source, *(changing for _, changing in amendments)]
    return Draft(replace(contract, digest=digest(used)), problems + crosscheck(contract), entry, sources)


def _missing(path: Path) -> Problem:
    if not path.exists():
        return Problem(str(path), None, "there is no such file or folder", "name a contract's folder")
    found = sorted(one.name for one in path.glob("*.y*ml"))
    right = (
        f"it has {', '.join(found)}; rename the contract to {CONTRACT_FILE}" if found else "name a contract's folder"
    )
    return Problem(str(path), None, f"the folder has no {CONTRACT_FILE}", right)


def _amendment_files(root: Path) -> list[Path]:
    folder = root / AMENDMENTS
    if not folder.is_dir():
        return []
    files = (file for file in folder.iterdir() if file.suffix in (".yaml", ".yml") and file.is_file())
    return sorted(file for file in files if not file.name.startswith("."))


def _read_file(file: Path, root: Path) -> tuple[Entry | None, Source]:
    name = f"{AMENDMENTS}/{file.name}"
    source = Source(file, name, [Place(file.parent, f"{AMENDMENTS}/"), Place(root)])
    return read_entry(source, AMENDMENT), source


def _order(pair: tuple[Entry | None, Source]) -> tuple[date, date, str]:
    entry, source = pair
    assert entry is not None
    return entry.get("effective", date.max), entry.get("signed", date.max), source.name


def _amended(contract: Contract, entry: Entry, source: Source, as_known_on: date | None) -> tuple[Contract, bool]:
    """The contract with one amendment, and whether that was known of by then."""
    amendment = read_amendment(entry, source, contract)
    known = amendment.laid.known
    if as_known_on is not None and known is not None and known > as_known_on:
        return contract, False
    return (lay(contract, amendment) if "effective" in entry.values else contract), True


def draft_offer(
    path: Path, *, contract: Contract | None = None, as_known_on: date | None = None, seen: tuple[Path, ...] = ()
) -> Draft:
    """Read an offer, and what it amends, as far as possible."""
    if not path.is_file():
        return Draft(None, [Problem(str(path), None, "there is no such file", "name an offer's YAML file")])
    file = path.resolve()
    source = Source(file, file.name, [Place(file.parent)])
    entry = read_entry(source, OFFER)
    if entry is None:
        return Draft(None, source.problems)
    base = _base(entry, source, _Beneath(contract, as_known_on, (*seen, file)))
    if base.contract is None or base.failed:
        return Draft(None, [*source.problems, *base.problems], entry)
    if base.contract.folder is not None:
        source.places = [*source.places, Place(base.contract.folder)]
    amendment = read_amendment(entry, source, base.contract)
    laid = lay(base.contract, amendment) if "effective" in entry.values else base.contract
    offered = replace(
        laid, name=_name(base.contract, amendment), digest=digest(source.content, base=base.contract.digest)
    )
    return Draft(offered, source.problems + crosscheck(offered), entry, [*base.sources, source])


def _name(contract: Contract, amendment: Amendment) -> str:
    signed = contract.name.removesuffix(f"{_OFFERED}{contract.offer}")
    return f"{signed}{_OFFERED}{amendment.laid.name}"


@dataclass(frozen=True, slots=True)
class _Beneath:
    """What an offer is laid over: this contract, else what its chain leads to, as known on a day."""

    contract: Contract | None
    as_known_on: date | None
    seen: tuple[Path, ...]


def _base(entry: Entry, source: Source, beneath: _Beneath) -> Draft:
    """What the offer is laid over: the contract, or another offer laid over it."""
    target = _target(entry, source)
    if target is not None and target in beneath.seen:
        source.log.error(
            entry.line_of("amends"), "the offers amend each other in a circle", "one must amend the contract"
        )
        return Draft(None)
    if target is not None and is_offer(target):
        return draft_offer(target, contract=beneath.contract, as_known_on=beneath.as_known_on, seen=beneath.seen)
    if beneath.contract is not None:
        return Draft(beneath.contract)
    if target is None or not target.exists():
        line = entry.line_of("amends") if "amends" in entry else entry.line
        what = (
            f"amends: there is no '{entry.get('amends')}'"
            if "amends" in entry
            else "the offer does not say what it amends"
        )
        source.log.error(line, what, "add 'amends: PATH', from this file to the contract's folder")
        return Draft(None)
    return draft(target, as_known_on=beneath.as_known_on)


def _target(entry: Entry, source: Source) -> Path | None:
    """What ``amends:`` names; without it, the contract whose folder the offer lies in."""
    folder = source.file.parent
    if "amends" in entry.values:
        return (folder / str(entry.get("amends"))).resolve()
    return next((place for place in (folder, folder.parent) if (place / CONTRACT_FILE).is_file()), None)
