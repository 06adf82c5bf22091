"""A real assistant's client asks a real server over its stdin and stdout."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters

COMMAND = "from evenhand.cli import main; main()"
Asking = Callable[[Client], Awaitable[Any]]


def ask(book: Path, asking: Asking, *options: str) -> Any:
    """Start the command, ask, and let it end."""
    arguments = ["-c", COMMAND, "mcp", "--book", str(book), *options]

    async def session() -> Any:
        started = StdioServerParameters(command=sys.executable, args=arguments, env=dict(os.environ))
        async with Client(started) as client:
            return await asking(client)

    return asyncio.run(session())


async def answered(client: Client, tool: str, **given: Any) -> dict[str, Any]:
    """What a tool answers; it must not be a refusal."""
    result = await client.call_tool(tool, given)
    assert not result.is_error, result.content
    assert result.structured_content is not None
    return dict(result.structured_content)


def test_a_session_from_names_to_worth(book_template: Path) -> None:
    async def asking(client: Client) -> None:
        tools = (await client.list_tools()).tools
        assert {one.name for one in tools} == {
            "what_there_is",
            "payers",
            "variance",
            "percent_of_medicare",
            "offer_value",
            "contract_words",
        }
        assert all(one.annotations and one.annotations.read_only_hint for one in tools)
        there = await answered(client, "what_there_is")
        talk = there["negotiations"][0]
        worth = await answered(client, "offer_value", negotiation=talk["negotiation"], round=talk["rounds"][0]["round"])
        assert worth["headline"]
        assert "claims" in worth["summary"]["note"], "a figure says what it is over"
        words = await answered(client, "contract_words", contract=there["contracts"][0]["contract"])
        assert words["terms"]["rows"]
        paid = await answered(client, "payers")
        assert len(paid["payers"]["rows"]) == 3
        owed = await answered(client, "variance", payer=paid["payers"]["rows"][0]["payer"], by="month")
        assert owed["by-month"]["rows"]
        assert (await answered(client, "percent_of_medicare"))["basis"]["rows"]

    ask(book_template, asking)


def test_no_single_claim_is_told_unless_asked_for(book_template: Path, claim: str) -> None:
    async def closed(client: Client) -> None:
        refused = await client.call_tool("explain_claim", {"claim": claim})
        assert refused.is_error
        told = json.dumps([await answered(client, "variance", by=by) for by in ("payer", "code")])
        assert claim not in told
        assert "claim_id" not in told
        assert "evidence" not in told

    async def opened(client: Client) -> None:
        told = await answered(client, "explain_claim", claim=claim)
        assert told["claims"][0]["claim_id"] == claim
        assert told["claims"][0]["words"]
        assert claim in json.dumps((await answered(client, "variance"))["claims"]["rows"])

    ask(book_template, closed)
    ask(book_template, opened, "--claims")


@pytest.fixture
def claim(book_template: Path) -> str:
    """A claim that was paid otherwise than agreed."""
    from evenhand.book import Book
    from evenhand.performance import variance

    return str(variance(Book.open(book_template)).detail.rows()[0]["claim_id"])


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("contract_words", {"contract": "../../etc/passwd"}, "the book has no contract '../../etc/passwd'"),
    ("offer_value", {"negotiation": "../x", "round": 1}, "../x"),
    ("offer_value", {"negotiation": "summit", "round": 99}, "99"),
    ("variance", {"payer": "Nobody' or 1=1 --"}, "Nobody"),
    ("payers", {"first_day": "2030-01-01", "last_day": "2020-01-01"}, "is before the first"),
    ("payers", {"first_day": "soon"}, "first_day"),
]


def test_what_is_not_there_is_said_in_words(book_template: Path) -> None:
    async def asking(client: Client) -> None:
        for tool, given, said in REFUSED:
            refused = await client.call_tool(tool, given)
            assert refused.is_error, tool
            assert said in str(refused.content)
            assert "Traceback" not in str(refused.content)

    ask(book_template, asking)


def test_without_a_book_it_says_so_and_does_not_start(tmp_path: Path) -> None:
    command = [sys.executable, "-c", COMMAND, "mcp", "--book", str(tmp_path / "none")]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)

    assert finished.returncode == 1
    assert finished.stdout == ""
    assert "none" in finished.stderr


def test_without_its_package_it_says_what_to_install(book_template: Path, tmp_path: Path) -> None:
    hide = "import sys; sys.modules['mcp'] = None\n" + COMMAND
    command = [sys.executable, "-c", hide, "mcp", "--book", str(book_template)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)

    assert finished.returncode == 1
    assert "pip install 'evenhand[assistant]'" in finished.stderr


def test_it_needs_neither_django_nor_a_workspace() -> None:
    told = "import evenhand.workspace.mcp.server, sys; print([m for m in sys.modules if m.startswith('django')])"
    finished = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert finished.stdout.strip() == "[]"
