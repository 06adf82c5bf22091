"""The questions as tools of the Model Context Protocol."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from evenhand.errors import EvenhandError
from evenhand.program import version
from evenhand.workspace.mcp.questions import Answer, By, Questions

_ABOUT = """Answers about one organisation's payer contracts and claims, from its own book. Everything is read only.
Ask what_there_is first for names. Amounts are dollars and shares are fractions (0.045 is 4.5 %), both as text.
Say with every figure what it is over; each table's note says that. A blank figure is not known: never take it for
zero. Rows of few claims have no figures, so that nobody's care can be told from them."""
_READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

Payer = Annotated[str | None, Field(description="Only this payer: its name, or part of it.", max_length=200)]
Name = Annotated[str, Field(description="Its short name, from what_there_is.", min_length=1, max_length=120)]
Day = Annotated[date | None, Field(description="YYYY-MM-DD")]


def server_of(questions: Questions) -> MCPServer:
    """A server that answers these questions and no others."""
    server: MCPServer = MCPServer(
        "evenhand", instructions=_ABOUT, version=version(), log_level="ERROR", subscriptions=False
    )
    tools = [*_tools(questions), *([_explaining(questions)] if questions.claims else [])]
    for tool in tools:
        server.add_tool(_refusing(tool), annotations=_READ_ONLY, structured_output=True)
    return server


def _tools(questions: Questions) -> list[Callable[..., Answer]]:
    def what_there_is() -> Answer:
        """Names of the book's contracts, negotiations and their rounds."""
        return questions.what_there_is()

    def payers(first_day: Day = None, last_day: Day = None) -> Answer:
        """How each payer pays: volume, money, denials, days to pay, and what it pays against its contract."""
        return questions.payers(first_day, last_day)

    def variance(payer: Payer = None, by: By = "payer") -> Answer:
        """Where payers paid less, or more, than agreed, with the reason of each difference. Never net the two."""
        return questions.variance(payer, by)

    def percent_of_medicare(payer: Payer = None) -> Answer:
        """What payers allow as a percent of what Medicare pays for the same lines."""
        return questions.percent_of_medicare(payer)

    def offer_value(negotiation: Name, round: Annotated[int, Field(ge=1)]) -> Answer:
        """What the offer of a round is worth on the organisation's own claims, against the contract in force."""
        return questions.offer_value(negotiation, round)

    def contract_words(contract: Name, on: Day = None) -> Answer:
        """A contract as one would read it aloud: parties, dates, terms in their order, rules, provisions."""
        return questions.contract_words(contract, on)

    return [what_there_is, payers, variance, percent_of_medicare, offer_value, contract_words]


def _explaining(questions: Questions) -> Callable[..., Answer]:
    def explain_claim(claim: Annotated[str, Field(min_length=1, max_length=120)]) -> Answer:
        """Why one claim is priced as it is, line by line. Give the provider's claim number."""
        return questions.explain_claim(claim)

    return explain_claim


def _refusing(tool: Callable[..., Answer]) -> Callable[..., Answer]:
    """What cannot be answered is said in words; anything else is a fault of this program."""

    @wraps(tool)
    def asked(**given: Any) -> Answer:
        try:
            return tool(**given)
        except EvenhandError as problem:
            raise ToolError(str(problem)) from problem

    return asked


def serve(questions: Questions) -> None:
    """Answer on stdin and stdout until they are closed."""
    server_of(questions).run("stdio")
