"""Bringing files in, loading them, giving them up, taking a load out and putting it back."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from evenhand.book import Load
from evenhand.documents.words import counted
from evenhand.workspace.loading.models import Delivery
from evenhand.workspace.loading.staging import Staging, clear, folder_of, refuse_bombs
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.tasks.actions import enqueue
from evenhand.workspace.trail.actions import Deed, DoneBeforeError, recorded
from evenhand.workspace.trail.queries import events

#: A delivery nobody loads or gives up is cleared away after this.
FORGOTTEN = timedelta(days=7)


def received(desk: Desk, delivery: Delivery, staged: Staging, *, key: str) -> None:
    """Take what arrived, and look at it.

    Raises:
        RefusedError: an archive holds too much; nothing is kept.
        DoneBeforeError: this form was sent before.
    """
    desk.require(May.LOAD)
    refuse_bombs(staged.folder / "files")
    delivery.names, delivery.bytes = staged.names, staged.bytes
    told = f"{counted(len(staged.names), 'file')}, {staged.bytes:,} bytes: {', '.join(staged.names[:20])}"
    with recorded(_deed("brought in", delivery, desk, key)) as draft:
        delivery.save(force_insert=True)
        given = {"delivery": str(delivery.pk)}
        delivery.looking = enqueue(desk, "loading.look", given, title=f"Look at {delivery}", key=f"look {delivery.pk}")
        delivery.save()
        draft.after = told + (", …" if len(staged.names) > 20 else "")
    _clear_forgotten(desk)


def load(desk: Desk, delivery: Delivery, *, key: str) -> None:
    """Ask for it to be loaded."""
    desk.require(May.LOAD)
    try:
        with recorded(_deed("asked to load", delivery, desk, key)):
            given = {"delivery": str(delivery.pk)}
            task = enqueue(desk, "loading.load", given, title=f"Load {delivery}", key=f"load {delivery.pk}")
            Delivery.objects.filter(pk=delivery.pk, ended=None).update(loading=task)
    except DoneBeforeError:
        return


def give_up(desk: Desk, delivery: Delivery, *, key: str) -> None:
    """Remove the files of a delivery that was not loaded.

    Raises:
        ValidationError: it is being loaded, or was.
    """
    desk.require(May.LOAD)
    if delivery.load or (delivery.loading is not None and delivery.loading.is_open):
        raise ValidationError("It is being loaded, or was loaded; take the load out instead.")
    try:
        with recorded(_deed("gave up", delivery, desk, key)):
            Delivery.objects.filter(pk=delivery.pk).update(ended=timezone.now())
    except DoneBeforeError:
        return
    clear(folder_of(desk.organisation, delivery.pk))


def ended(delivery: Delivery, loaded: Load | None) -> None:
    """Note what a delivery became, once, and remove the files: the book keeps its own."""
    name = loaded.id if loaded else str(delivery)[:300]
    deed = Deed(
        "loaded" if loaded else "found nothing new in",
        "load" if loaded else "delivery",
        name,
        delivery.person,
        delivery.organisation,
        key=f"load {delivery.pk}",
    )
    try:
        with recorded(deed) as draft:
            draft.after = f"{counted(len(loaded.files), 'file')} of {delivery}" if loaded else ""
            Delivery.objects.filter(pk=delivery.pk).update(load=loaded.id if loaded else "", ended=timezone.now())
    except DoneBeforeError:
        pass
    clear(folder_of(delivery.organisation, delivery.pk))


def unload(desk: Desk, load_id: str, *, why: str, key: str) -> None:
    """Take a load out of the book; its files are kept beside it.

    Raises:
        EvenhandError: there is no such load, or the book cannot be written.
    """
    desk.require(May.LOAD)
    try:
        with recorded(Deed("took out", "load", load_id, desk.person, desk.organisation, why=why, key=key)) as draft:
            before = _untold(desk, load_id)
            gone = before or desk.book().unload(load_id)
            draft.before = f"in the book: {counted(len(gone.files), 'file')}"
            draft.after = "taken out, as was not told yet" if before else "taken out"
    except DoneBeforeError:
        return


def restore(desk: Desk, load_id: str, *, why: str, key: str) -> None:
    """Put a load back that was taken out; it gets a new id.

    Raises:
        EvenhandError: there is no such load, or the book holds some of its files by now.
    """
    desk.require(May.LOAD)
    try:
        with recorded(Deed("put back", "load", load_id, desk.person, desk.organisation, why=why, key=key)) as draft:
            back = desk.book().restore(load_id)
            draft.before, draft.after = f"taken out as {load_id}", f"in the book as {back.id}"
            Delivery.objects.filter(organisation=desk.organisation, load=load_id).update(load=back.id)
    except DoneBeforeError:
        return


def _untold(desk: Desk, load_id: str) -> Load | None:
    """A load that is taken out already, and of which the log says nothing: the server was killed between the two."""
    if events(desk.organisation, kind="load", name=load_id).filter(what="took out").exists():
        return None
    return next((one for one in desk.book().unloaded() if one.id == load_id), None)


def _deed(what: str, delivery: Delivery, desk: Desk, key: str) -> Deed:
    return Deed(what, "delivery", str(delivery)[:300], desk.person, desk.organisation, key=key)


def _clear_forgotten(desk: Desk) -> None:
    """Remove deliveries nobody came back to."""
    old = Delivery.objects.filter(
        organisation=desk.organisation, ended=None, brought__lt=timezone.now() - FORGOTTEN
    ).select_related("loading")
    for one in old:
        if one.loading is None or not one.loading.is_open:
            with transaction.atomic():
                Delivery.objects.filter(pk=one.pk).update(ended=timezone.now())
            clear(folder_of(desk.organisation, one.pk))
