"""Telling a page that something it shows has changed: one line when it does, and a sign of life between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from time import monotonic

from asgiref.sync import sync_to_async

#: Seconds: between two looks, between two signs of life, and until the page has to ask anew (and prove who it is).
LOOK, SIGN, LASTS = 2.0, 15.0, 600.0


async def changes(
    state: Callable[[], str], *, look: float = LOOK, sign: float = SIGN, lasts: float = LASTS
) -> AsyncIterator[bytes]:
    """Server-sent events: ``changed`` whenever ``state()`` is another than before.

    Args:
        state: names what the page shows; it may ask the database.
        look: seconds between two looks at it.
        sign: seconds after which a comment keeps the connection open.
        lasts: seconds after which the stream ends; the browser comes back by itself.
    """
    ask = sync_to_async(state, thread_sensitive=False)
    before, begun, told = await ask(), monotonic(), monotonic()
    yield b"retry: 2000\n\n"
    while monotonic() - begun < lasts:
        await asyncio.sleep(look)
        now = await ask()
        if now != before:
            before, told = now, monotonic()
            yield b"event: changed\ndata: \n\n"
        elif monotonic() - told >= sign:
            told = monotonic()
            yield b": still here\n\n"
