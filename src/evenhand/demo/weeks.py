"""The practice's weeks: encounters become claims with patients, dates and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from evenhand.demo.claims import Claim, Line, PriorPayer
from evenhand.demo.drafts import Draft, Spec
from evenhand.demo.encounters import encounter
from evenhand.demo.fees import part
from evenhand.demo.practice import (
    ASSISTANTS,
    CLINIC,
    FIRST_DAY,
    SURGEONS,
    SURGICAL_HOSPITAL,
    THERAPISTS,
    WEEKS,
    Clinician,
    Patient,
    make_patient,
)
from evenhand.demo.rates import charge

_STAFF = {"surgeon": SURGEONS, "assistant": ASSISTANTS, "therapist": THERAPISTS}
_PRIOR_PAYERS = (("EXAMPLE SENIOR PLAN", "MEDEX"), ("HARBOR BENEFIT TRUST", "HARBT"))
_SECONDARY = 0.03
_NOT_KEPT = 0.002
#: A claim to a second payer goes out this much later than its service.
_FIRST_PAYER_TAKES = timedelta(days=35)


class Practice:
    """Draws claims week by week; the same seed and size give the same claims."""

    def __init__(self, seed: int, claims: int) -> None:
        self._seed = seed
        self._claims = claims
        self._rng = Random(f"{seed} claims")
        self._patients = max(40, claims // 4)
        self._next = 100_001
        self._patient = lru_cache(maxsize=20_000)(lambda number: make_patient(seed, number))

    def weeks(self) -> Iterator[tuple[date, list[Claim]]]:
        """Each week's day of submission and its claims."""
        for week in range(WEEKS):
            first = FIRST_DAY + timedelta(weeks=week)
            wanted = self._claims * (week + 1) // WEEKS - self._claims * week // WEEKS
            claims: list[Claim] = []
            while len(claims) < wanted:
                claims += self._encounter(first)[: wanted - len(claims)]
            yield first + timedelta(weeks=1), claims

    def _encounter(self, first: date) -> list[Claim]:
        rng = self._rng
        drafts = encounter(rng)
        nights = max(draft.nights for draft in drafts)
        start = first + timedelta(days=rng.choice((0, 3, 4, 5, 6) if nights == 0 else (0, 1, 2, 3)))
        patient: Patient = self._patient(rng.randrange(self._patients))
        secondary = rng.random() < _SECONDARY
        if secondary:
            start -= _FIRST_PAYER_TAKES
        surgeon = rng.choice(SURGEONS)
        return [self._claim(draft, patient, start, (surgeon, secondary)) for draft in drafts]

    def _claim(self, draft: Draft, patient: Patient, start: date, shared: tuple[Clinician, bool]) -> Claim:
        rng, (surgeon, secondary) = self._rng, shared
        number, self._next = self._next, self._next + 1
        claim = Claim(
            claim_id=f"CR{number:07d}",
            kind=draft.kind,
            patient=patient,
            clinician=surgeon if draft.who == "surgeon" else rng.choice(_STAFF[draft.who]),
            billing=CLINIC if draft.kind == "P" else SURGICAL_HOSPITAL,
            place=draft.place,
            bill_type=draft.bill_type,
            drg=draft.drg,
            start=start,
            end=start + timedelta(days=draft.nights),
            submitted=start,
            diagnoses=draft.diagnoses,
            lines=tuple(_line(number, spec, start.year) for number, spec in enumerate(draft.specs, start=1)),
            authorised=draft.place != "11",
        )
        if secondary:
            return replace(claim, prior=_prior(claim, rng))
        return replace(claim, on_file=draft.place != "11" or rng.random() >= _NOT_KEPT)


def _line(number: int, spec: Spec, year: int) -> Line:
    cents = spec.dollars * 100 if spec.dollars else charge(spec.code, spec.modifiers, year) * spec.units
    return Line(number, spec.code, spec.modifiers, spec.units, cents, spec.revenue_code)


def _prior(claim: Claim, rng: Random) -> PriorPayer:
    """What the first payer did: allowed a share of charges, paid four fifths of it."""
    name, number = rng.choice(_PRIOR_PAYERS)
    allowed = [part(line.charge, rng.randint(34, 52), 100) for line in claim.lines]
    patient = tuple(part(amount, 20, 100) for amount in allowed)
    return PriorPayer(
        name,
        number,
        paid=tuple(amount - left for amount, left in zip(allowed, patient, strict=True)),
        written_off=tuple(line.charge - amount for line, amount in zip(claim.lines, allowed, strict=True)),
        patient=patient,
        paid_on=claim.end + timedelta(days=rng.randint(20, 27)),
    )
