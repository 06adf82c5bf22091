"""Codes as contracts write them: one, a range ``a-b``, in the form each code set has."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from evenhand.codes import PRODUCTS, CodeRange


@dataclass(frozen=True, slots=True)
class Form:
    """What values of an attribute look like, and how they are brought into the form claims use."""

    noun: str
    pattern: str
    example: str
    tidy: Callable[[str], str] = str.upper
    ranges: bool = True


def _padded(width: int) -> Callable[[str], str]:
    return lambda text: text.zfill(width)


def _drg(text: str) -> str:
    return text.upper().zfill(3)


def _revenue_code(text: str) -> str:
    return text.upper().zfill(4)


def _product(text: str) -> str:
    known = {product.lower(): product for product in PRODUCTS.values()}
    return known.get(text.lower(), text)


def _diagnosis(text: str) -> str:
    return text.upper().replace(".", "").rstrip("*")


def _setting(text: str) -> str:
    return "facility" if text.lower() == "facility" else "office"


FORMS: dict[str, Form] = {
    "codes": Form("a procedure code of five letters or digits", r"[A-Za-z0-9]{5}", "99213"),
    "revenue_codes": Form("a revenue code of four digits", r"\d{3,4}|0?\d{2}[xX]", "0275", _revenue_code),
    "modifiers": Form("a modifier of two letters or digits", r"[A-Za-z0-9]{2}", "50"),
    "place_of_service": Form("a place of service of two digits", r"\d{1,2}", "11", _padded(2)),
    "setting": Form("a setting", r"(?i:facility|office|non-?facility)", "facility or office", _setting, ranges=False),
    "rendering_npi": Form("an NPI of ten digits", r"\d{10}", "1234567893", str, ranges=False),
    "drg": Form("a DRG of three digits", r"\d{1,4}|\d{3}[xX]", "470", _drg),
    "bill_type": Form("a type of bill of three digits", r"0?\d{2}[0-9A-Za-z]", "111 or 13x"),
    "claim_type": Form(
        "a claim type",
        r"(?i:professional|institutional|dental)",
        "professional, institutional or dental",
        str.lower,
        ranges=False,
    ),
    "diagnosis": Form("a diagnosis code", r"[A-Za-z]\d[0-9A-Za-z](\.?[0-9A-Za-z]{1,4})?\*?", "M17.11", _diagnosis),
    "product": Form("a product", r".*\S.*", "PPO", _product, ranges=False),
    "billing_npi": Form("an NPI of ten digits", r"\d{10}", "1234567893", str, ranges=False),
    "tin": Form("a tax number of nine digits", r"\d{2}-?\d{7}", "84-0000000", lambda t: t.replace("-", ""), False),
}
_LONGEST_DIAGNOSIS = 7
#: An APR-DRG with its severity of illness, which claims and tables have as four digits: 1392.
SEVERE = re.compile(r"\d{3}-[1-4]", re.ASCII)


class CodeFormError(ValueError):
    """A value that is not in the form of its attribute: what is wrong, what would be right."""

    def __init__(self, what: str, right: str) -> None:
        super().__init__(what)
        self.what, self.right = what, right


def parse_codes(attribute: str, text: str) -> tuple[CodeRange, ...]:
    """Read one value or range of an attribute.

    Raises:
        CodeFormError: The text has not the form the attribute needs.

    >>> [str(codes) for codes in parse_codes("revenue_codes", "275-0278")]
    ['0275-0278']
    """
    form = FORMS[attribute]
    whole = text.strip().replace("–", "-")
    if attribute == "drg" and SEVERE.fullmatch(whole):
        whole = whole.replace("-", "")
    if not form.ranges or "-" not in whole:
        return _widened(attribute, *([_single(form, whole)] * 2))
    low, _, high = whole.partition("-")
    ends = _single(form, low.strip()), _single(form, high.strip())
    if len(ends[0]) != len(ends[1]):
        raise CodeFormError(f"the ends of '{text}' differ in length", f"write both like {form.example}")
    if ends[0] > ends[1]:
        raise CodeFormError(f"'{text}' runs backwards", f"write {high.strip()}-{low.strip()}")
    return _widened(attribute, *ends)


def _single(form: Form, text: str) -> str:
    if not re.fullmatch(form.pattern, text, re.ASCII):
        raise CodeFormError(f"'{text}' is not {form.noun}", f"write it like {form.example}")
    return form.tidy(text)


def _widened(attribute: str, low: str, high: str) -> tuple[CodeRange, ...]:
    """A type of bill, a revenue code or a severity may be left open; a diagnosis stands for all beneath it."""
    if attribute == "revenue_codes":
        return (CodeRange(low.replace("X", "0"), high.replace("X", "9")),)
    if attribute == "bill_type":
        low, high = low[-3:], high[-3:]
        return (CodeRange(low.replace("X", "0"), high.replace("X", "Z")),)
    if attribute == "drg":
        return (CodeRange(low.replace("X", "0"), high.replace("X", "4")),)
    if attribute != "diagnosis":
        return (CodeRange(low, high),)
    deeper = range(_LONGEST_DIAGNOSIS - len(low) + 1)
    return tuple(CodeRange(low + "0" * more, high + "Z" * more) for more in deeper)


def narrowest(ranges: tuple[CodeRange, ...]) -> tuple[CodeRange, ...]:
    """The ranges without those that only continue another to longer codes: what was written.

    >>> [str(codes) for codes in narrowest(parse_codes("diagnosis", "M17-M19"))]
    ['M17-M19']
    """
    implied = {
        CodeRange(one.low + "0" * more, one.high + "Z" * more)
        for one in ranges
        for more in range(1, _LONGEST_DIAGNOSIS - len(one.low) + 1)
    }
    return tuple(one for one in ranges if one not in implied)


def drg_words(one: CodeRange) -> str:
    """DRGs; of an APR-DRG with its severity, or with any.

    >>> drg_words(CodeRange("1392", "1392")), drg_words(CodeRange("1390", "1394")), drg_words(CodeRange("469", "470"))
    ('139-2', '139-x', '469–470')
    """
    if len(one.low) > 3 and one.low[:3] == one.high[:3] and one.low[3] + one.high[3] == "04":
        return f"{one.low[:3]}-x"
    shown = (code if len(code) < 4 else f"{code[:3]}-{code[3]}" for code in dict.fromkeys((one.low, one.high)))
    return "–".join(shown)
