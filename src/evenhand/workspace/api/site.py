"""The API: every room's operations, their description, and one way to say what went wrong."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from evenhand.workspace.api import problems
from evenhand.workspace.api.room import PREFIX, Operation, Room
from evenhand.workspace.contracts.adding_api import room as contracts
from evenhand.workspace.contracts.papers_api import room as documents
from evenhand.workspace.escalation.api import room as escalation
from evenhand.workspace.escalation.notice_api import room as notices
from evenhand.workspace.executive.api import room as executive
from evenhand.workspace.figures.api import room as figures
from evenhand.workspace.loading.api import room as loading
from evenhand.workspace.negotiations.api import room as negotiations
from evenhand.workspace.negotiations.preparation_api import room as preparation
from evenhand.workspace.negotiations.trying_api import room as what_if
from evenhand.workspace.organisations.api import room as organisations
from evenhand.workspace.organisations.people_api import room as people
from evenhand.workspace.payments.api import room as payments
from evenhand.workspace.payments.packets_api import room as packets
from evenhand.workspace.talks.api import room as talks
from evenhand.workspace.talks.calendar_api import room as calendar
from evenhand.workspace.tasks.api import room as tasks
from evenhand.workspace.trail.api import room as trail

ROOMS: tuple[Room, ...] = (
    *(organisations, people, executive, contracts, documents, figures),
    *(negotiations, what_if, preparation, talks, calendar, escalation, notices),
    *(payments, packets, loading, tasks, trail),
)

_ABOUT = """What the pages of the workspace show and do, for programs.

Send `Authorization: Bearer` with a token; people make them on their own page, each for one organisation. A token may
never do more than its person may at that moment. Amounts are text, so that no cent is lost; days are `YYYY-MM-DD`.
What can change carries an ETag: send it back as `If-Match`. A request with an `Idempotency-Key` is done once.
"""
#: What any operation may answer besides what it is asked for.
_ANY = {
    400: "What was sent cannot be read",
    401: "No token, or one that is revoked or over",
    403: "The token, or its person, may not do this",
    404: "Nothing here that this token may see",
    422: "What was sent cannot be taken",
    429: "Too many requests in this minute",
}
_CHANGE = {
    409: "It would leave something as nobody wants it",
    412: "Somebody else changed it since",
    413: "Too large",
    428: "If-Match is missing",
}


class WorkspaceApi(NinjaAPI):
    """The API; its description tells what can go wrong, too."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """The OpenAPI document."""
        document = super().get_openapi_schema(**given)
        document["components"]["schemas"]["Problem"] = problems.schema()
        for methods in document["paths"].values():
            for method, operation in methods.items():
                said = _ANY if method == "get" else _ANY | _CHANGE
                operation["responses"] |= {str(status): _problem(words) for status, words in said.items()}
                if method == "get":
                    operation["responses"]["304"] = {"description": "As you have it"}
        return document


def _problem(words: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {problems.CONTENT: {"schema": schema}}}


def operations() -> list[Operation]:
    """Every operation there is: method, path with its parameters in braces, and what it takes."""
    return [one for room in ROOMS for one in room.operations]


def _made() -> WorkspaceApi:
    made = WorkspaceApi(
        title="Evenhand",
        version="1",
        description=_ABOUT,
        docs_url=None,
        urls_namespace="api",
        openapi_url="/openapi.json",
    )
    problems.register(made)
    for room in ROOMS:
        made.add_router("", room.router)
    return made


api = _made()


@csrf_exempt  # it does nothing, and a program must be told so
def nothing(request: HttpRequest) -> HttpResponse:
    """Where there is no operation."""
    return problems.answer(404, f"There is no such operation; {PREFIX}/openapi.json lists them.")
