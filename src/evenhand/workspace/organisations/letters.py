"""Letters of invitation."""

from __future__ import annotations

from smtplib import SMTPException

from django.core.mail import send_mail

from evenhand.workspace.configuration import current
from evenhand.workspace.organisations.desk import Desk


def are_sent() -> bool:
    """Whether letters are sent from here at all."""
    return bool(current().smtp)


def sent(desk: Desk, address: str, link: str) -> bool:
    """Send the link where letters are sent at all; false when none went out, so that it is handed over by hand."""
    if not are_sent():
        return False
    subject = " ".join(f"{desk.organisation.name}: you are invited to work in Evenhand".split())
    text = f"{desk.person.name} invites you to {desk.organisation.name}.\n\nOpen this link within 7 days:\n{link}\n"
    try:
        return bool(send_mail(subject, text, None, [address]))
    except (SMTPException, OSError):
        return False
