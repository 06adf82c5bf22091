"""The documents of a negotiation: position sheet, offer comparison, proposal letter, executive one-pager."""

from __future__ import annotations

from evenhand.documents.negotiating.comparison import offer_comparison
from evenhand.documents.negotiating.dossier import PAPERS, Dossier, PaperOptions, gather_dossier
from evenhand.documents.negotiating.letter import proposal_letter
from evenhand.documents.negotiating.notice_letter import NoticeGiven, notice_letter
from evenhand.documents.negotiating.one_pager import one_pager
from evenhand.documents.negotiating.outward import Proposal, outward
from evenhand.documents.negotiating.positions import position_sheet
from evenhand.documents.negotiating.writing import FORMATS, Written, documents, write_documents

__all__ = [
    "FORMATS",
    "PAPERS",
    "Dossier",
    "NoticeGiven",
    "PaperOptions",
    "Proposal",
    "Written",
    "documents",
    "gather_dossier",
    "notice_letter",
    "offer_comparison",
    "one_pager",
    "outward",
    "position_sheet",
    "proposal_letter",
    "write_documents",
]
