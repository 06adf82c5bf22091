"""The terms at work, as sheets."""

from __future__ import annotations

from evenhand.documents.sheet import Field, Sheet
from evenhand.performance import TermsReport

_CONTRACT = Field("contract_id", "Contract")
FIRED = (
    Field("term", "Term"),
    Field("pays", "Pays"),
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
    Field("charges", "Charges", "dollars"),
    Field("expected", "Expected", "dollars"),
    Field("share", "of all", "percent"),
    Field("percent_of_charges", "of charges", "percent"),
)
_MORE = (
    Field("priced_charges", "Charges with a price", "dollars"),
    Field("unpriced_lines", "Without a price", "count"),
)
SILENT = (Field("term", "Term"), Field("pays", "Would pay"), Field("why", "Why it pays nothing"))
RULES = (
    Field("rule", "Rule"),
    Field("term", "Term"),
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
    Field("without_amount", "Without it", "dollars"),
    Field("with_amount", "With it", "dollars"),
    Field("effect", "Effect", "change"),
    Field("effect_percent", "of it", "rate"),
)
CONTESTS = (
    Field("winner", "Paid by"),
    Field("why", "which"),
    Field("loser", "Also covered by"),
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
    Field("charges", "Charges", "dollars"),
    Field("expected", "Expected", "dollars"),
)
_THRESHOLDS = (
    Field("rule", "Stop-loss rule"),
    Field("claim_id", "Claim"),
    Field("charges", "Charges that count", "dollars"),
    Field("threshold", "Threshold", "dollars"),
    Field("over", "Over it", "change"),
)
_UNPRICED = (
    Field("reason", "No price, because"),
    _CONTRACT,
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
    Field("charges", "Charges", "dollars"),
)


def term_sheets(report: TermsReport, *, whole: bool = False) -> list[Sheet]:
    """The report as sheets: terms that pay or not, rules, contests, claims near a stop-loss, lines without a price."""
    with_contract = (_CONTRACT,)
    return [
        Sheet(
            "terms",
            "Terms that pay",
            (*with_contract, *FIRED, *(_MORE if whole else ())),
            report.fired.rows(),
            FIRED_NOTE,
            "No line asked about is priced.",
        ),
        Sheet(
            "silent",
            "Terms that pay nothing",
            (*with_contract, *SILENT, *((Field("covered_lines", "Lines covered", "count"),) if whole else ())),
            report.silent.rows(),
            "",
            "Every term pays something.",
        ),
        Sheet(
            "rules",
            "Rules at work",
            (*with_contract, *RULES),
            report.rules.rows(),
            RULES_NOTE,
            "No rule changes a line.",
        ),
        Sheet(
            "contests",
            "Several terms, one line: who pays",
            (*with_contract, *CONTESTS),
            report.contests.rows(),
            CONTESTS_NOTE,
            "No line is covered by two terms.",
        ),
        Sheet(
            "near-stop-loss",
            "Claims near a stop-loss threshold",
            (*with_contract, *_THRESHOLDS),
            report.thresholds.rows(),
            THRESHOLDS_NOTE,
            "No claim is within a tenth of a threshold.",
        ),
        Sheet("unpriced", "Lines without a price", _UNPRICED, report.unpriced.rows(), "", "Every line has a price."),
    ]


FIRED_NOTE = (
    "Every line as the contract prices it, whatever the payer did with it. Of all: of the contract's expected dollars. "
    "Of charges: expected over the charges of lines with a price."
)
RULES_NOTE = (
    "The same lines without the rule and with it, all other rules as they are. Lesser-of comes last; the others are "
    "told before it."
)
CONTESTS_NOTE = (
    "A line is counted once for each other term that covers it. Under a price for the whole claim the expected "
    "dollars stand on the claim's first line."
)
THRESHOLDS_NOTE = "Claims whose charges are within a tenth of the threshold; below zero they are still under it."
