"""Whatever people can do on the pages, programs can do, with the same leave; what they cannot is listed with a reason.

A page added anywhere fails here until it has an operation, or stands among what is done on pages alone.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from django.urls import URLPattern
from tests.workspace.security.conftest import every_address
from tests.workspace.security.test_permissions import SENDING, leave_of

from evenhand.workspace.api.on_pages import ON_PAGES
from evenhand.workspace.api.room import PREFIX
from evenhand.workspace.api.site import operations

MANUAL = Path(__file__).parents[3] / "docs" / "how-to" / "use-the-api.md"
SITE = Path(inspect.getfile(operations)).parents[1]
FORM, ADDRESS = re.compile(r'<form[^>]*method="post"(?:[^>{]|{%.*?%}|{{.*?}})*'), re.compile(r"{% url '([\w-]+)'")
_C, _N = "/contracts/{contract}", "/negotiations/{name}"
_E, _P = f"{_N}/escalation", f"{_N}/preparation"

#: Page → the operations that do what its form does.
DONE_BY: dict[str, tuple[str, ...]] = {
    "contract-new": ("POST /contracts",),
    "contract-edit": (f"PUT {_C}/text",),
    "contract-check": (f"POST {_C}/check",),
    "contract-back": (f"POST {_C}/versions/{{stamp}}/back",),
    "contract-by-file": (f"POST {_C}/files/check",),
    "contract-keep-file": (f"POST {_C}/files",),
    "contract-document-put": (f"POST {_C}/documents",),
    "contract-document-away": (f"POST {_C}/documents/{{document}}/take-away",),
    "upload": ("POST /deliveries",),
    "delivery-load": ("POST /deliveries/{delivery}/load",),
    "delivery-give-up": ("POST /deliveries/{delivery}/give-up",),
    "load-take-out": ("POST /loads/{load}/take-out", "POST /loads/{load}/put-back"),
    "task-cancel": ("POST /tasks/{task}/cancel",),
    "task-again": ("POST /tasks/{task}/again",),
    "figure-again": ("POST /figures/{question}/again", f"POST {_C}/figures/{{question}}/again"),
    "negotiations": ("POST /negotiations",),
    "negotiation-undo": (f"POST {_N}/undo",),
    "issue-add": (f"POST {_N}/issues",),
    "issue-edit": (f"PUT {_N}/issues/{{issue}}",),
    "what-if-tried": (f"POST {_N}/what-if",),
    "what-if-exactly": (f"POST {_N}/what-if/exactly",),
    "what-if-offer": (f"POST {_N}/what-if/offer",),
    "preparation-add": (f"POST {_P}/goals", f"POST {_P}/value", f"POST {_P}/people"),
    "preparation-remove": (f"POST {_P}/{{what}}/remove",),
    "preparation-message": (f"PUT {_P}/message",),
    "preparation-walk-away": (f"POST {_P}/walk-away",),
    "negotiation-documents-make": (f"POST {_N}/documents",),
    "round-compare": (f"POST {_N}/rounds/compare",),
    "round-new": (f"POST {_N}/rounds",),
    "round-check": (f"POST {_N}/rounds/check",),
    "round-close": (f"POST {_N}/rounds/{{number}}/close",),
    "escalation-tried": (f"POST {_E}/tried",),
    "escalation-issues": (f"POST {_E}/issues",),
    "escalation-sign": (f"POST {_E}/sign/{{what}}",),
    "escalation-take-back": (f"POST {_E}/take-back/{{what}}",),
    "escalation-brief": (f"POST {_E}/brief",),
    "escalation-escalated": (f"POST {_E}/escalated",),
    "notice-ask": (f"POST {_N}/notices",),
    "notice-confirm": (f"POST {_N}/notices/{{notice}}/confirm",),
    "notice-withdraw": (f"POST {_N}/notices/{{notice}}/withdraw",),
    "payments-again": ("POST /payments/again",),
    "payment-settle": ("POST /payments/decisions", "POST /payments/decisions/chosen"),
    "payment-claim": ("PUT /payments/differences/{matter}",),
    "payment-packets": ("POST /payments/packets",),
    "calendar-link": ("POST /calendar/link/revoke",),
    "talk-record": (f"POST {_N}/talks",),
    "talk-mail": (f"POST {_N}/mails",),
    "promise-record": (f"POST {_N}/promises",),
    "promise-done": (f"POST {_N}/promises/{{number}}/done",),
    "invite": ("POST /invitations",),
    "withdraw-invitation": ("POST /invitations/{invitation}/end",),
    "roles": ("PUT /people/{person}/roles",),
    "end-membership": ("POST /people/{person}/end",),
    "seers": ("PUT /access/{negotiation}",),
}
#: Open to everybody, and nothing of anybody's is on them.
OF_NOBODY = {"home", "gallery", "health"}


def takes_a_form(pattern: URLPattern) -> bool:
    """Whether a view looks at what is sent: its own code says so, for no view is told otherwise."""
    return "POST" in inspect.getsource(inspect.unwrap(pattern.callback))


def sent_to() -> set[str]:
    """The pages that the forms of all templates are sent to."""
    texts = (file.read_text("utf-8") for file in SITE.rglob("*.html"))
    return {name for text in texts for form in FORM.findall(text) for name in ADDRESS.findall(form)}


def alone() -> set[str]:
    return {page for one in ON_PAGES for page in one.pages}


def test_what_is_done_on_a_page_is_done_by_an_operation_or_listed_with_its_reason() -> None:
    pages = dict(every_address())
    forms = {name for name, pattern in pages.items() if takes_a_form(pattern) or leave_of(pattern) is None}

    forms |= sent_to()

    assert len(forms) > 70
    assert len(sent_to()) > 30
    assert forms - set(DONE_BY) - alone() - OF_NOBODY == set(), "give it an operation, or a reason in api/on_pages.py"
    assert (set(DONE_BY) | alone()) - set(pages) == set(), "there are no such pages any more"
    assert {name for name in alone() - set(DONE_BY) if leave_of(pages[name])} == set(), (
        "what is done at an organisation's desk has an operation"
    )


def test_an_operation_takes_the_leave_its_page_takes() -> None:
    pages, known = dict(every_address()), {}
    for one in operations():
        known[f"{one.method} {one.path.removeprefix(PREFIX).removeprefix('/o/{organisation}')}"] = one.may
    wrong = {
        f"{name}: {operation}": (known.get(operation), SENDING.get(name, leave_of(pages[name])))
        for name, done_by in DONE_BY.items()
        for operation in done_by
        if known.get(operation) != SENDING.get(name, leave_of(pages[name]))
    }

    assert wrong == {}
    changing = {one for one in known if not one.startswith("GET")}
    assert changing == {one for done_by in DONE_BY.values() for one in done_by}, "no operation does what no page does"


def test_the_manual_lists_what_is_done_on_pages_alone() -> None:
    told = " ".join(MANUAL.read_text("utf-8").split())

    for one in ON_PAGES:
        assert f"| {one.what} | {one.why} |" in told, one.what
