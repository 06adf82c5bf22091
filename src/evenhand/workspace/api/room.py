"""The operations of a room: each says what it takes, and works at the desk of the token's person."""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, NamedTuple, TypeVar, get_type_hints

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router, Status
from ninja.security import HttpBearer

from evenhand.workspace.api import actions, queries
from evenhand.workspace.api.models import Token
from evenhand.workspace.api.problems import StateMissingError
from evenhand.workspace.organisations.desk import Desk, desk_of_token
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.forms import new_key

View = TypeVar("View", bound=Callable[..., Any])
PREFIX = "/api/v1"
_HERE = "/o/{organisation}"
_KEY, _STATE = "Idempotency-Key", "If-Match"
_HEADERS = {
    "key": (_KEY, False, "Names the request: sent again with the same key, it is not done twice."),
    "state": (_STATE, True, "The ETag of what the change was made from."),
}
_OWN = {"request", "desk", *_HEADERS}
_LONGEST_KEY = 200
_FILE = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
_CONVERTER = re.compile(r"\{\w+:")


class Stated(NamedTuple):
    """An answer with the state it shows; it becomes the ETag."""

    value: Any
    state: str


class Operation(NamedTuple):
    """One operation: how it is asked, and what it takes (``None``: any token)."""

    method: str
    path: str
    may: May | None


class Bearer(HttpBearer):
    """Lets a token in that opens this organisation, and may do this."""

    def __init__(self, may: May | None) -> None:
        super().__init__()
        self.may = may

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The token, with the desk it works at on the request.

        Raises:
            Http404: it opens another organisation, or its person is no member any more.
            PermissionDenied: it, or its person, may not do this.
            TooManyError: it asks too often.
        """
        found = queries.opened(token)
        if found is None:
            return None
        actions.used(found)
        match = request.resolver_match
        slug = match.kwargs.get("organisation") if match else None
        desk = desk_of_token(found.person, slug or found.organisation.slug, found.organisation, found.given)
        if self.may is not None:
            desk.require(self.may)
        request.desk = desk  # type: ignore[attr-defined]
        return found


@dataclass
class Room:
    """A room's operations. A view takes the ``desk``; ``key`` and ``state`` come from headers when it names them."""

    tag: str
    router: Router = field(init=False)
    operations: list[Operation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.router = Router(tags=[self.tag])

    def get(self, path: str, may: May, answer: Any) -> Callable[[View], View]:
        """Something to be read."""
        return self._added(Operation("GET", f"{_HERE}{path}", may), {200: answer})

    def post(
        self, path: str, may: May, answer: Any, *, status: int = 200, extra: dict[str, Any] | None = None
    ) -> Callable[[View], View]:
        """Something to be done; with the same key, once. ``extra`` describes a body that the view reads itself."""
        return self._added(Operation("POST", f"{_HERE}{path}", may), {status: answer}, extra)

    def file(self, path: str, may: May) -> Callable[[View], View]:
        """A file to be saved; the view gives the very answer that carries it."""
        described = {"responses": {200: {"description": "The file", "content": _FILE}}}
        return self._added(Operation("GET", f"{_HERE}{path}", may), {200: None}, described)

    def put(self, path: str, may: May, answer: Any) -> Callable[[View], View]:
        """Something to be changed from the state it was read in."""
        return self._added(Operation("PUT", f"{_HERE}{path}", may), {200: answer})

    def any_token(self, path: str, answer: Any) -> Callable[[View], View]:
        """Something every token may read."""
        return self._added(Operation("GET", path, None), {200: answer})

    def _added(
        self, one: Operation, answers: dict[int, Any], extra: dict[str, Any] | None = None
    ) -> Callable[[View], View]:
        def decorate(view: View) -> View:
            self.operations.append(one._replace(path=PREFIX + _CONVERTER.sub("{", one.path)))
            self.router.api_operation(
                [one.method],
                one.path,
                auth=Bearer(one.may),
                response=answers,
                operation_id=f"{self.tag.lower()}.{view.__name__}",
                summary=_first_line(view),
                openapi_extra={"parameters": list(_header_parameters(view)), **(extra or {})},
            )(_inside(view, in_organisation=one.path.startswith(_HERE), status=next(iter(answers))))
            return view

        return decorate


def _inside(view: Callable[..., Any], *, in_organisation: bool, status: int) -> Callable[..., Any]:
    """The view as ninja calls it: with the request, what was sent, and the answer's headers to write on."""
    wanted = inspect.signature(view).parameters

    @wraps(view)
    def inside(request: HttpRequest, *, reply: HttpResponse, **given: Any) -> Any:
        given.pop("organisation", None)
        if "key" in wanted:
            given["key"] = _key(request)
        if "state" in wanted:
            given["state"] = _state(request)
        if "request" in wanted:
            given["request"] = request
        return _answered(request, view(desk=request.desk, **given), reply, status)  # type: ignore[attr-defined]

    inside.__signature__ = _signature(view, in_organisation=in_organisation)  # type: ignore[attr-defined]
    return inside


def _signature(view: Callable[..., Any], *, in_organisation: bool) -> inspect.Signature:
    """What ninja reads from the request: all the view takes but the desk and what comes from headers."""
    kinds = get_type_hints(view, include_extras=True)
    once = inspect.Parameter.KEYWORD_ONLY
    taken = [
        inspect.Parameter(name, once, default=one.default, annotation=kinds[name])
        for name, one in inspect.signature(view).parameters.items()
        if name not in _OWN
    ]
    if in_organisation:
        taken.append(inspect.Parameter("organisation", once, annotation=Path[str]))
    return inspect.Signature([*taken, inspect.Parameter("reply", once, annotation=HttpResponse)])


def _answered(request: HttpRequest, made: Any, reply: HttpResponse, status: int) -> Any:
    if isinstance(made, HttpResponse):
        return made
    if isinstance(made, HttpResponse):
        return made
    if not isinstance(made, Stated):
        return Status(status, made)
    tag = f'"{made.state}"'
    reply["ETag"] = tag
    if request.method == "GET" and request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    return Status(status, made.value)


def _key(request: HttpRequest) -> str:
    """The trail's key of a request: nobody else's key, and no other operation's, is ever the same."""
    given = request.headers.get(_KEY, "")[:_LONGEST_KEY]
    if not given:
        return new_key()
    desk: Desk = request.desk  # type: ignore[attr-defined]
    told = f"{desk.organisation.pk} {desk.person.pk} {request.method} {request.path} {given}"
    return hashlib.sha256(told.encode()).hexdigest()


def _state(request: HttpRequest) -> str:
    """The state a change was made from.

    Raises:
        StateMissingError: it does not say.
    """
    given = request.headers.get(_STATE, "").strip().removeprefix("W/").strip('"')
    if not given:
        raise StateMissingError
    return given


def _header_parameters(view: Callable[..., Any]) -> Iterator[dict[str, Any]]:
    for name in inspect.signature(view).parameters:
        if name in _HEADERS:
            header, required, words = _HEADERS[name]
            kind = {"type": "string", "minLength": 1, "maxLength": _LONGEST_KEY}
            yield {"in": "header", "name": header, "required": required, "schema": kind, "description": words}


def _first_line(view: Callable[..., Any]) -> str:
    return inspect.cleandoc(view.__doc__ or view.__name__).split("\n")[0].rstrip(".")
