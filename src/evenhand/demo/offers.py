"""Summit Health's proposal for 2027: a headline of +4 %, and what stands under it.

The average change over the exhibit's codes is +4.0 % of the rates in force in 2026. The codes the
practice bills most are cut or left alone, those it seldom bills rise steeply; case rates stay at 2026's
dollars, the escalator goes, the share of charges for unlisted codes falls, and third and later
procedures are paid less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from evenhand.demo.contracts import write_rates
from evenhand.demo.deals import UNESCALATED, escalation
from evenhand.demo.fees import part
from evenhand.demo.rates import RateTable, services, summit_exhibit

#: The headline, in hundredths of a per cent over the rates in force in 2026.
HEADLINE = 400

#: Changes in hundredths of a per cent for what the practice bills most; unlisted codes share the rises.
_BILLED_MOST: Mapping[str, int] = {
    **dict.fromkeys(("99213", "99214", "99203", "99204"), -150),
    **dict.fromkeys(("20610", "97110", "97140", "97530", "97112"), -200),
    **dict.fromkeys(("73562", "73564", "73030", "73630", "73721", "73221"), -350),
    **dict.fromkeys(("29881", "29827", "27447", "27130", "64721", "26055", "28285", "29880"), -250),
    **dict.fromkeys(("99212", "99215", "20611", "20550", "73110", "73130", "73502", "72100", "28296"), 0),
    **dict.fromkeys(("29877", "29876", "29824", "29823", "29828", "25447", "25607", "63030", "63047"), 0),
}

_OFFER = """
# The cover letter says: "an average increase of 4.0 % over your current Exhibit A rates".
offer: Summit Health proposal for 2027
amends: ../contracts/summit-health
effective: 2027-01-01
ends: 2029-12-31
schedules: {exhibit-a.csv: summit-2027-exhibit-a.csv}
terms:
  - name: Joint replacement, inpatient
    for: {bill_type: 111, drg: [469, 470, 521, 522]}
    per: case
    pay: {amount: 25992}
    except: Implants
    cite: Proposal, item 2
  - name: Shoulder replacement, inpatient
    for: {bill_type: 111, drg: 483}
    per: case
    pay: {amount: 28432}
    except: Implants
    cite: Proposal, item 2
  - name: Joint replacement, day case
    for: {bill_type: 131, codes: [23472, 27130, 27446, 27447, 27486]}
    per: case
    pay: {amount: 18248}
    except: Implants
    cite: Proposal, item 2
  - name: Arthroscopy, day case
    for: {bill_type: 131, codes: 29000-29999}
    per: case
    pay: {amount: 4933}
    except: Implants
    cite: Proposal, item 2
  - name: Other surgery, day case
    for: {bill_type: 131, revenue_codes: 0360-0369}
    per: case
    pay: {amount: 3607}
    except: Implants
    cite: Proposal, item 2
  - name: Anything else
    pay: {percent_of_charges: 38}
    cite: Proposal, item 3
rules:
  multiple_procedures: {order: fee, percent: [100, 50, 25]}
  escalator: none
"""


def write_offer(folder: Path) -> None:
    """Write ``summit-2027.yaml`` and its exhibit."""
    (folder / "summit-2027.yaml").write_text(_OFFER.lstrip("\n"), encoding="utf-8", newline="\n")
    write_rates(folder / "summit-2027-exhibit-a.csv", offered_exhibit())


def offered_exhibit() -> RateTable:
    """The proposed exhibit: 2026's rates, each code changed."""
    changes = code_changes()
    return {
        key: part(part(amount, escalation(2), UNESCALATED), 10_000 + changes[key[0]], 10_000)
        for key, amount in summit_exhibit().items()
    }


def code_changes() -> dict[str, int]:
    """Change of each code in hundredths of a per cent.

    Codes with one row, with two (settings) and with three (modifiers) each average the headline, so the
    average is the same over codes and over rows.
    """
    rows = Counter(code for code, _, _ in summit_exhibit())
    changes: dict[str, int] = {}
    for count in sorted(set(rows.values())):
        group = [code for code in services() if rows.get(code) == count]
        changes.update(_averaging(group))
    return changes


def _averaging(codes: list[str]) -> dict[str, int]:
    """Fixed changes for the codes billed most; the rest share what is left, evenly up to a hundredth."""
    fixed = {code: _BILLED_MOST[code] for code in codes if code in _BILLED_MOST}
    rest = [code for code in codes if code not in fixed]
    share, over = divmod(HEADLINE * len(codes) - sum(fixed.values()), len(rest))
    return fixed | {code: share + (place < over) for place, code in enumerate(rest)}
