"""A claim before it has a patient, a date and a number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spec:
    """A line to be billed; ``dollars`` where the charge does not come from the list of charges."""

    code: str
    modifiers: tuple[str, ...] = ()
    units: int = 1
    revenue_code: str = ""
    dollars: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """What one claim will hold. ``who`` is surgeon, assistant or therapist."""

    kind: str
    place: str
    diagnoses: tuple[str, ...]
    specs: tuple[Spec, ...]
    who: str = "surgeon"
    bill_type: str = ""
    drg: str = ""
    nights: int = 0
