"""A request that is too large is refused before it is kept."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Mapping
from typing import Any

from pytest_django import Settings

from evenhand.workspace.site.body import limited, most_bytes

Message = Mapping[str, Any]


def asked(
    path: str, *chunks: int, declared: int | None = None, fails: OSError | None = None
) -> tuple[list[Message], list[Message]]:
    """What the application received, and what was answered, to a request of these pieces."""
    received: list[Message] = []
    sent: list[Message] = []
    pieces = [{"type": "http.request", "body": b"x" * size, "more_body": True} for size in chunks]

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        for _ in chunks:
            received.append(await receive())
        if fails:
            raise fails

    async def receive() -> Message:
        return pieces.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [] if declared is None else [(b"content-length", str(declared).encode())]
    asyncio.run(limited(application)({"type": "http", "path": path, "headers": headers}, receive, send))
    return received, sent


def test_what_says_it_is_too_large_is_not_read(settings: Settings) -> None:
    settings.REQUEST_MOST_BYTES = 0
    received, sent = asked("/o/cedar/", 10, declared=most_bytes("/o/cedar/") + 1)

    assert received == []
    assert sent[0]["status"] == 413
    assert b"Nothing of it was kept" in sent[1]["body"]


def test_who_does_not_say_is_cut_off(settings: Settings) -> None:
    settings.REQUEST_MOST_BYTES = 0
    most = most_bytes("/o/cedar/")
    received, _ = asked("/o/cedar/", most, 1)

    assert [one["type"] for one in received] == ["http.request", "http.disconnect"]


def test_files_may_be_larger_where_files_are_brought_in() -> None:
    assert most_bytes("/o/cedar/loading/bring/") > 10 * most_bytes("/o/cedar/")


def test_a_full_disk_is_told_before_any_view_is_asked() -> None:
    _, sent = asked("/o/cedar/", 10, fails=OSError(errno.ENOSPC, "No space left on device"))

    assert sent[0]["status"] == 507
    assert b"The disk is full. Nothing of this was kept" in sent[1]["body"]
