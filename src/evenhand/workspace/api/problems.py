"""What went wrong, as RFC 9457 writes it: ``application/problem+json``, with what, where and what would be right."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as NotValidError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from evenhand.errors import ConflictError, ContractError, EvenhandError
from evenhand.errors import Problem as Wrong
from evenhand.workspace.contracts.errors import ConflictError as ContractConflictError
from evenhand.workspace.organisations.errors import ConflictError as OrganisationConflictError
from evenhand.workspace.organisations.errors import RefusedError
from evenhand.workspace.site import full

CONTENT = "application/problem+json"


class Fault(Schema):
    """One thing that is wrong."""

    what: str
    where: str = Field(default="", description="A field of what was sent, or a file and its line.")
    right: str = Field(default="", description="What would be right, where that is known.")


class Problem(Schema):
    """What went wrong."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    problems: list[Fault] = Field(default_factory=list)


class TooManyError(Exception):
    """A token asks too often."""

    def __init__(self, most: int, wait: int) -> None:
        super().__init__(f"this token may ask {most} times a minute; ask again in {wait} seconds")
        self.wait = wait


class StateMissingError(Exception):
    """A change does not say which state it was made from."""

    def __init__(self) -> None:
        super().__init__("send If-Match with the ETag of what you read, so that nobody's change is overwritten")


class FormError(Exception):
    """What was sent does not do; the form it was put into says why."""

    def __init__(self, form: forms.Form) -> None:
        super().__init__("what was sent cannot be taken")
        self.form = form


def answer(status: int, detail: str, faults: Iterable[Fault] = (), **headers: str) -> HttpResponse:
    """A problem as an answer."""
    title = HTTPStatus(status).phrase
    told = Problem(title=title, status=status, detail=detail, problems=list(faults))
    response = HttpResponse(json.dumps(told.dict()), content_type=CONTENT, status=status)
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    return response


def schema() -> dict[str, Any]:
    """How a problem is written, for the description; in one piece."""
    told = Problem.json_schema()
    fault_schema = told.pop("$defs")["Fault"]
    told["properties"]["problems"]["items"] = fault_schema
    return told


def fault(wrong: Wrong) -> Fault:
    """A problem the engine found, for an answer."""
    where = wrong.file if wrong.line is None else f"{wrong.file}:{wrong.line}"
    return Fault(what=wrong.what, where=where, right=wrong.right)


def register(api: NinjaAPI) -> None:
    """Answer every expected error this way."""
    told: dict[Any, Callable[[HttpRequest, Any], HttpResponse]] = {
        **{kind: _plainly(status, detail) for kind, (status, detail) in _PLAIN.items()},
        AuthenticationError: _unknown,
        HttpError: _http,
        ValidationError: _invalid,
        FormError: _form,
        ContractError: _contract,
        TooManyError: _too_many,
        OSError: _of_the_disk,
    }
    for kind, told_so in told.items():
        api.add_exception_handler(kind, told_so)


#: Error → status, and what is said; empty: what the error says.
_PLAIN: dict[type[Exception], tuple[int, str]] = {
    Http404: (404, "There is nothing here that you may see."),
    PermissionDenied: (403, ""),
    StateMissingError: (428, ""),
    ConflictError: (412, ""),
    ContractConflictError: (412, ""),
    OrganisationConflictError: (412, ""),
    RefusedError: (409, ""),
    NotValidError: (422, ""),
    EvenhandError: (422, ""),
    MultiPartParserError: (400, "What was sent cannot be read as multipart/form-data."),
    RequestDataTooBig: (413, "What was sent is too large."),
}


def _plainly(status: int, detail: str) -> Callable[[HttpRequest, Any], HttpResponse]:
    def told(request: HttpRequest, problem: Exception) -> HttpResponse:
        return answer(status, detail or _said(problem))

    return told


def _said(problem: Exception) -> str:
    return "; ".join(problem.messages) if isinstance(problem, NotValidError) else str(problem)


def _of_the_disk(request: HttpRequest, problem: OSError) -> HttpResponse:
    if not full.is_full(problem):
        raise problem
    return answer(full.STATUS, full.SAYS)


def _unknown(request: HttpRequest, problem: Exception) -> HttpResponse:
    words = "Send 'Authorization: Bearer' with a token that is neither revoked nor over; make one on your own page."
    return answer(401, words, WWW_Authenticate='Bearer realm="evenhand"')


def _http(request: HttpRequest, problem: HttpError) -> HttpResponse:
    return answer(problem.status_code, str(problem))


def _invalid(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    faults = [Fault(what=one["msg"], where=".".join(map(str, one["loc"]))) for one in problem.errors]
    return answer(422, "What was sent cannot be taken.", faults)


def _form(request: HttpRequest, problem: FormError) -> HttpResponse:
    told = problem.form.errors.get_json_data()
    faults = [Fault(what=one["message"], where=where.strip("_")) for where, all_ in told.items() for one in all_]
    return answer(422, "What was sent cannot be taken.", faults)


def _contract(request: HttpRequest, problem: ContractError) -> HttpResponse:
    return answer(422, "The text is refused.", [fault(one) for one in problem.problems])


def _too_many(request: HttpRequest, problem: TooManyError) -> HttpResponse:
    return answer(429, str(problem), Retry_After=str(problem.wait))
