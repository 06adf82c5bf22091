"""The documents of a negotiation written to a folder, each as a page and as a Word file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evenhand.book import Book
from evenhand.contracts import Contract, read_offer
from evenhand.documents.negotiating.comparison import offer_comparison
from evenhand.documents.negotiating.dossier import PAPERS, Dossier, Paper, PaperOptions, gather_dossier
from evenhand.documents.negotiating.letter import proposal_letter
from evenhand.documents.negotiating.one_pager import one_pager
from evenhand.documents.negotiating.outward import outward
from evenhand.documents.negotiating.positions import position_sheet
from evenhand.documents.paper import Document, html_of, word_of
from evenhand.documents.workbook import write_workbook
from evenhand.errors import UsageError
from evenhand.negotiation.rails import refuse_joint_ask
from evenhand.negotiation.record import Kept, Negotiation, Round
from evenhand.negotiation.record.changing import joint_flag

Format = Literal["docx", "html"]
FORMATS: tuple[Format, ...] = ("docx", "html")


@dataclass(frozen=True, slots=True)
class Written:
    """What was made: the files, and for each document that was not, why."""

    files: tuple[Path, ...]
    left_out: Mapping[Paper, str]


def write_documents(
    book: Book,
    kept: Kept,
    folder: Path,
    options: PaperOptions | None = None,
    *,
    papers: Sequence[Paper] = PAPERS,
    formats: Collection[Format] = FORMATS,
) -> Written:
    """Write the documents of a negotiation, as ``NAME-positions.html`` and so on; a letter's rates as a workbook.

    Args:
        book: the book that keeps it.
        kept: the negotiation.
        folder: where they go; it is made if it is not there. Files of the same names are replaced.
        options: day, claims, assumptions.
        papers: which documents; one asked for by itself must be possible, of several what cannot be made is left out.
        formats: ``docx``, ``html``.

    Raises:
        ContractError: the negotiation, its contract or an offer is refused.
        UsageError: the one document asked for cannot be made; it says why.
    """
    made, left_out = documents(book, kept, options, papers=papers)
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for document in made:
        for suffix in formats:
            file = folder / f"{kept.name}-{document.name}.{suffix}"
            file.write_bytes(word_of(document) if suffix == "docx" else html_of(document).encode("utf-8"))
            files.append(file)
        if document.enclosed:
            file = folder / f"{kept.name}-{document.name}.xlsx"
            write_workbook(file, document.enclosed)
            files.append(file)
    return Written(tuple(files), left_out)


def documents(
    book: Book, kept: Kept, options: PaperOptions | None = None, *, papers: Sequence[Paper] = PAPERS
) -> tuple[tuple[Document, ...], dict[Paper, str]]:
    """The documents as parts, for any rendering; and why some could not be made."""
    dossier = gather_dossier(book, kept, options, papers=papers)
    made: list[Document] = []
    left_out: dict[Paper, str] = {}
    for paper in papers:
        try:
            made.append(_made(paper, dossier, kept))
        except UsageError as refused:
            if len(papers) == 1:
                raise
            left_out[paper] = str(refused)
    return tuple(made), left_out


def _made(paper: Paper, dossier: Dossier, kept: Kept) -> Document:
    if paper == "letter":
        found, today = dossier.negotiation, dossier.options.today
        if found.side == "provider":
            refuse_joint_ask(joint_flag(kept, found))
        offer = next(_our_offers(kept, found), None)
        return proposal_letter(outward(found, dossier.contract, offer), today, dossier.options.meeting)
    makers = {"positions": position_sheet, "comparison": offer_comparison, "one-pager": one_pager}
    return makers[paper](dossier)


def _our_offers(kept: Kept, found: Negotiation) -> Iterator[tuple[Round, Contract]]:
    """Our offers that still stand, the last one first."""
    for one in reversed(found.rounds_by("us")):
        if one.offer and one.state != "withdrawn":
            yield one, read_offer(kept.offer(found, one.number))
