"""Keeping the worklist of a state of the book. No event is logged: it is a cache, and what people decided stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from evenhand.book import Book
from evenhand.workspace.figures.signature import signature
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.payments.building import Worked, cents
from evenhand.workspace.payments.models import PURSUED, Cause, Difference, Matter, Worklist

Row = Mapping[str, Any]
Progress = Callable[[float, str], None]

#: Rows written at a time, so that nobody who writes meanwhile waits for long; states of the book that are kept.
_TOGETHER, _KEPT = 2_000, 2
#: A worklist that was not finished by then never will be.
_GIVEN_UP = timedelta(hours=12)
_CAUSE = ("payer", "term", "reason", "direction", "family")


def keep_worklist(organisation: Organisation, progress: Progress) -> Worklist:
    """Work the worklist out for the book as it is now, and keep it. Begun again, it begins anew.

    What waited for a state of the book that is over finds the worklist of today's, if there is one.

    Raises:
        EvenhandError: the book cannot be priced.
    """
    state = signature(organisation.folder, negotiations=False)
    ready = Worklist.objects.filter(organisation=organisation, ready=True).order_by("-made_at", "-pk").first()
    if ready is not None and ready.signature == state:
        return ready
    worked = Worked(Book.open(organisation.folder), progress)
    told = worked.keep_claims(state, progress)
    left = Q(signature=state) | Q(made_at__lt=timezone.now() - _GIVEN_UP)  # another worker may be at another state
    forget(Worklist.objects.filter(left, organisation=organisation, ready=False))
    made = Worklist.objects.create(
        organisation=organisation,
        signature=state,
        told=told,
        over=worked.over,
        payers=worked.report.summary.rows(),
        not_compared=worked.report.not_compared.rows(),
    )
    _keep_rows(made, list(worked.rows()), progress)
    _make_current(made)
    return made


def forget(worklists: Iterable[Worklist]) -> None:
    """Delete worklists, a few rows at a time."""
    for old in worklists:
        for rows in (Difference.objects.filter(worklist=old), Cause.objects.filter(worklist=old)):
            while some := list(rows.values_list("pk", flat=True)[:_TOGETHER]):
                rows.model.objects.filter(pk__in=some).delete()
        old.delete()


def _keep_rows(made: Worklist, rows: list[Row], progress: Progress) -> None:
    causes = _causes(made, rows)
    for done, some in _some(rows):
        progress(0.75 + 0.2 * done / len(rows), "writing the worklist")
        matters = _matters(made.organisation, some)
        found = [_difference(made, row, causes[_key(row)], matters[row["identity"]]) for row in some]
        Difference.objects.bulk_create(found)


def _make_current(made: Worklist) -> None:
    """Show it from now on; what was pursued and is not in it is gone, what is in it again is not."""
    with transaction.atomic():
        here = Difference.objects.filter(worklist=made).values("matter")
        matters = Matter.objects.filter(organisation=made.organisation)
        matters.filter(gone__isnull=False, pk__in=here).update(gone=None)
        matters.filter(gone__isnull=True, status__in=PURSUED).exclude(pk__in=here).update(gone=timezone.now())
        made.ready, made.made_at = True, timezone.now()
        made.save()
    kept = Worklist.objects.filter(organisation=made.organisation, ready=True).order_by("-made_at", "-pk")[:_KEPT]
    old = Worklist.objects.filter(organisation=made.organisation, ready=True)
    forget(list(old.exclude(pk__in=[one.pk for one in kept])))
    untouched = Q(version=0, differences__isnull=True, packets__isnull=True, steps__isnull=True)
    Matter.objects.filter(untouched, organisation=made.organisation).delete()


def _some(rows: list[Row]) -> Iterator[tuple[int, list[Row]]]:
    for begin in range(0, len(rows), _TOGETHER):
        yield begin, rows[begin : begin + _TOGETHER]


def _key(row: Row) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in _CAUSE)


def _causes(made: Worklist, rows: list[Row]) -> dict[tuple[str, ...], Cause]:
    """One row for each kind of difference; clause and pattern are those the engine gives the whole cause."""
    first: dict[tuple[str, ...], Row] = {}
    for row in rows:
        first.setdefault(_key(row), row["cause"])
    found = [
        Cause(worklist=made, cite=row["cite"] or "", pattern=row["pattern"], **dict(zip(_CAUSE, key, strict=True)))
        for key, row in first.items()
    ]
    return dict(zip(first, Cause.objects.bulk_create(found, batch_size=_TOGETHER), strict=True))


def _matters(organisation: Organisation, rows: list[Row]) -> dict[str, int]:
    """The matters of these differences, made where there is none yet."""
    fresh = [
        Matter(
            organisation=organisation,
            identity=row["identity"],
            payer=row["payer"],
            claim=row["claim_id"] or "no number",
            line=row["line"],
        )
        for row in rows
    ]
    Matter.objects.bulk_create(fresh, ignore_conflicts=True)
    here = Matter.objects.filter(organisation=organisation, identity__in=[row["identity"] for row in rows])
    return dict(here.values_list("identity", "pk"))


def _difference(made: Worklist, row: Row, cause: Cause, matter: int) -> Difference:
    told = ("claim_key", "line", "compared", "service_date", "payment_date", "dispute_by", "evidence", "also")
    return Difference(
        worklist=made,
        cause=cause,
        matter_id=matter,
        line_key=row["comparison_key"],
        claim=row["claim_id"] or "no number",
        month=f"{row['service_date']:%Y-%m}" if row["service_date"] else "",
        code=row["hcpcs_code"] or "",
        revenue=row["revenue_center_code"] or "",
        modifiers=(row["modifiers"] or "").replace(",", " "),
        units=f"{row['units'].normalize():f}" if row["units"] is not None else "",
        charge=None if row["charge_amount"] is None else cents(row["charge_amount"]),
        expected=cents(row["expected_amount"]),
        actual=cents(row["actual_amount"]),
        amount=cents(abs(row["variance_amount"])),
        reasons=row["reasons"] or "",
        **{name: row[name] for name in told},
    )
