"""How large a request may be: what is larger is refused before a byte of it is kept.

Django writes the whole body of a request to a file before any view sees it, so the limit stands before Django.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from django.conf import settings

from evenhand.workspace.site import full

Message = Mapping[str, Any]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]

#: Parts of a form beside its files: names, headers, the other fields.
_BESIDE = 16 << 20
_SAYS = b"This is more than may be sent at once. Nothing of it was kept; send it in several goes."


def limited(application: Application) -> Application:
    """The application, behind the limit."""

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        most = most_bytes(scope["path"])
        if _declared(scope) > most:
            await _refuse(send, 413, _SAYS)
            return
        try:
            await application(scope, _counted(receive, most), send)
        except OSError as problem:
            if not full.is_full(problem):
                raise
            await _refuse(send, full.STATUS, full.SAYS.encode())  # the body is kept in a file before a view sees it

    return inside


def most_bytes(path: str) -> int:
    """The most a request to this address may hold."""
    files = settings.UPLOAD_MOST_BYTES if path.endswith("/loading/bring/") else settings.REQUEST_MOST_BYTES
    return int(files) + _BESIDE


def _declared(scope: Scope) -> int:
    told = dict(scope["headers"]).get(b"content-length", b"0")
    return int(told) if told.isdigit() else 0


def _counted(receive: Receive, most: int) -> Receive:
    """Receive no more than this, whatever was declared; who goes on sending is cut off."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return message if seen <= most else {"type": "http.disconnect"}

    return counted


async def _refuse(send: Send, status: int, says: bytes) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": says})
