"""Kinds of work that only tests have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from evenhand.workspace.tasks.registry import KINDS, Job, work

Doing = Callable[[Job], dict[str, Any]]


@pytest.fixture
def kind() -> Iterator[Callable[[Doing], str]]:
    """Make a function the work of a kind; it is forgotten after the test."""
    before = dict(KINDS)

    def made(function: Doing, priority: int = 0) -> str:
        name = f"test.{function.__name__}"
        work(name, priority=priority)(function)
        return name

    yield made
    KINDS.clear()
    KINDS.update(before)
