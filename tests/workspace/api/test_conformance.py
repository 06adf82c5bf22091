"""Whatever a program sends, the API answers as its own description says, and never fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from evenhand.workspace.api import actions
from evenhand.workspace.organisations.models import Organisation, Role

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
#: Cases made up for each operation: more for who may do most.
EXAMPLES = {Role.LEAD: 6, Role.ADMINISTRATOR: 3}


#: Parts of an address of which the real one is always tried; made-up ones are the same to every operation.
NAMED = {"organisation", "name", "contract"}


@pytest.fixture
def real(own: Organisation) -> dict[str, str]:
    """Names of what there is, so that made-up requests reach it."""
    negotiation = next(own.folder.glob("negotiations/*/negotiation.yaml")).parent.name
    contract = next(own.folder.glob("contracts/*/contract.yaml")).parent.name
    load = next((own.folder / "loads").iterdir()).name
    return {"organisation": own.slug, "name": negotiation, "contract": contract, "load": load}


@pytest.fixture
def described(db: None) -> Iterator[Any]:
    """The API by its own description; requests keep the connection of the test, as Django's own client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    for signal in signals:
        signal.connect(close_old_connections)


def _operations(described: Any) -> Iterator[Any]:
    for found in described.get_all_operations():
        yield found.ok()


def _takes_something(operation: Any) -> bool:
    """Whether cases of an operation differ in more than the names in its address."""
    return (
        bool(operation.body) or bool(operation.query) or any(one.name not in NAMED for one in operation.path_parameters)
    )


@pytest.mark.parametrize("role", list(Role))
def test_answers_are_as_described_whatever_is_sent(
    role: Role,
    own: Organisation,
    program: Callable[..., Any],
    real: dict[str, str],
    described: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(actions, "A_MINUTE", 1_000_000)
    secret = program(own, role).secret
    asked, reached = 0, set()

    def sent(case: Any, known: bool) -> None:
        nonlocal asked
        if known:
            case.path_parameters |= {name: value for name, value in real.items() if name in case.path_parameters}
        case.headers.update({"Authorization": f"Bearer {secret}"})
        if case.call_and_validate(checks=CHECKS).status_code < 300:
            reached.add(case.operation.label)
        asked += 1

    for operation in _operations(described):
        strategy = operation.as_strategy()
        bounded = settings(
            max_examples=EXAMPLES.get(role, 2) if _takes_something(operation) else 1,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        bounded(given(case=strategy, known=st.sampled_from([True, True, False]))(sent))()
    assert asked > 60
    assert len(reached) >= (18 if role is Role.LEAD else 1), f"few were answered: {sorted(reached)}"
