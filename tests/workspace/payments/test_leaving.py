"""What people decided leaves with the organisation's export, and goes with its deletion."""

from __future__ import annotations

from pathlib import Path

from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.leaving import delete, export
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.payments.actions import Decision, settle_some
from evenhand.workspace.payments.choosing import Chosen
from evenhand.workspace.payments.models import Matter, Packet, PacketFile, Step, Worklist
from evenhand.workspace.payments.packets import ask_packet
from evenhand.workspace.tasks.worker import run_waiting


def test_decisions_and_packets_are_exported_and_deleted(at_work: Desk, worklist: Worklist, tmp_path: Path) -> None:
    row = worklist.differences.filter(cause__direction="underpaid").order_by("-amount")[0]
    settle_some(at_work, {row.matter_id: 0}, Decision("k", "disputed", note="as agreed by telephone"))
    ask_packet(at_work, Chosen(payer=row.cause.payer), key="p")
    run_waiting()

    export(at_work.organisation, tmp_path / "out")
    rows = "\n".join(file.read_text() for file in (tmp_path / "out" / "rows").iterdir())
    assert "as agreed by telephone" in rows
    assert row.matter.identity in rows

    delete(at_work.organisation)
    assert not Organisation.objects.exists()
    for model in (Matter, Step, Packet, PacketFile, Worklist):
        assert not model.objects.exists(), model
