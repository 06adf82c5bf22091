"""`evenhand explain`: one claim, line by line, in words and numbers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evenhand.cli.asking import book_option, contracts_asked, known_option, open_book, standing_option
from evenhand.cli.output import emit, output_options
from evenhand.documents.sheet import Field, Sheet, printable
from evenhand.money import show_money

if TYPE_CHECKING:
    from evenhand.contracts import Contract
    from evenhand.pricing import ExplainedClaim, Explanation

_CLAIM = (
    Field("claim_id", "Claim"),
    Field("claim_key", "Key"),
    Field("payer", "Payer"),
    Field("claim_start_date", "From", "date"),
    Field("outcome", "Outcome"),
    Field("contract_id", "Contract"),
    Field("version_no", "Version"),
    Field("claim_term", "Paid as a whole by"),
    Field("runners_up", "Considered too"),
    Field("expected_amount", "Expected", "money"),
    Field("allowed_amount", "Allowed", "money"),
    Field("state", "State"),
)
_LINES = (
    Field("claim_key", "Claim key"),
    Field("service", "Service"),
    Field("term", "Term"),
    Field("arithmetic", "How"),
    Field("limit", "Limit"),
    Field("expected_amount", "Expected", "money"),
    Field("allowed_amount", "Allowed", "money"),
    Field("variance_amount", "Variance", "money"),
    Field("state", "State"),
)
_ADJUSTMENTS = (Field("claim_key", "Claim key"), Field("said", "Adjusted by"))


@click.command()
@click.argument("claim")
@click.option(
    "--contract",
    "contract_paths",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Price under this contract folder; may be given again [default: the book's contracts].",
)
@book_option
@known_option
@standing_option
@output_options
def explain(
    claim: str,
    contract_paths: tuple[Path, ...],
    book_path: Path | None,
    known_on: datetime | None,
    as_of: datetime | None,
    **how: Any,
) -> None:
    """Say why CLAIM (the provider's number, or a key) is priced as it is: contract, term, clause, arithmetic, limit."""
    from evenhand.pricing import price_book

    book = open_book(book_path, known_on)
    pricing = price_book(book, contracts_asked(contract_paths, book, known_on=known_on, as_of=as_of))
    claims = pricing.explain(claim)
    if any(how.values()):
        emit(_sheets(claims), **how)
        return
    names = {contract.id: contract for contract in pricing.contracts}
    told = "\n\n".join(_told(each, names.get(each.contract_id or "")) for each in claims)
    click.echo("\n".join(map(printable, told.split("\n"))))


def _sheets(claims: list[ExplainedClaim]) -> list[Sheet]:
    rows = [{field.key: getattr(claim, field.key) for field in _CLAIM} for claim in claims]
    lines = [_row(claim, line) for claim in claims for line in claim.lines]
    sheets = [Sheet("claims", "Claims", _CLAIM, rows), Sheet("lines", "Lines", _LINES, lines)]
    adjusted = [{"claim_key": claim.claim_key, "said": each} for claim in claims for each in claim.adjustments]
    return [*sheets, *([Sheet("adjustments", "Adjustments", _ADJUSTMENTS, adjusted)] if adjusted else [])]


def _row(claim: ExplainedClaim, line: Explanation) -> dict[str, Any]:
    return {"claim_key": claim.claim_key} | {field.key: getattr(line, field.key) for field in _LINES[1:]}


def _told(claim: ExplainedClaim, contract: Contract | None) -> str:
    """The claim as a person would tell it."""
    day = claim.claim_start_date.isoformat() if claim.claim_start_date else "no date"
    said = [
        f"Claim {claim.claim_id or claim.claim_key} · {claim.payer or 'no payer'} · {day}",
        _chosen(claim, contract),
    ]
    if claim.runners_up:
        said.append(f"Considered too: {claim.runners_up}")
    said += [f"\n{line}\n    {_amounts(line)}" for line in claim.lines]
    if claim.adjustments:
        said.append("\nAdjusted as a whole:")
        said += [f"    {each}" for each in claim.adjustments]
    return "\n".join([*said, f"\n{_total(claim)}"])


def _chosen(claim: ExplainedClaim, contract: Contract | None) -> str:
    if claim.contract_id is None:
        return f"No price: {claim.outcome}"
    name = contract.name if contract else claim.contract_id
    amended = ""
    if contract and claim.version_no and contract.versions[claim.version_no - 1].amendments:
        amended = f", with {' and '.join(contract.versions[claim.version_no - 1].amendments)}"
    return f"Contract: {name}{amended}"


def _amounts(line: Explanation) -> str:
    said = [f"expected {show_money(line.expected_amount)}"]
    if line.allowed_amount is not None:
        said.append(f"allowed {show_money(line.allowed_amount)}")
    if line.variance_amount:
        said.append(f"variance {show_money(line.variance_amount)}")
    return " · ".join([*said, *([line.state] if line.state else [])])


def _total(claim: ExplainedClaim) -> str:
    said = [f"Claim: expected {show_money(claim.expected_amount)}"]
    if claim.allowed_amount is not None:
        said.append(f"allowed {show_money(claim.allowed_amount)}")
    return " · ".join([*said, *([claim.state] if claim.state else [])])
