"""Whatever people write, and whatever their files are called, no page takes it for markup or for a template."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from tests.workspace.security.walking import addresses, is_page, sent_everywhere

from evenhand.workspace.organisations.models import Membership, Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks.models import State, Task
from evenhand.workspace.tasks.worker import run_waiting

MARKUP = "<img src=x onerror=alert(1)>\"'{{7*7}}"
FILE = "<img src=x onerror=alert(1)>'{{7*7}}.835"


def taken_for_markup(answer: Any) -> bool:
    """Whether what was written stands in the page as something else than text."""
    if not is_page(answer):
        return False
    page = answer.content.decode()
    ran = "&gt;&quot;&#x27;49" in page or "&gt;&#x27;49" in page
    return "<img src=x" in page or ">\"'{{" in page or ran


@pytest.fixture
def attacker(own: Organisation, people: dict[str, Person], entered: Callable[[str], Client]) -> Client:
    """Somebody with every role, whose very name is markup, in an organisation whose name is."""
    for role in Role:
        Membership.objects.get_or_create(person=people["lead"], organisation=own, role=role)
    Person.objects.update(name=MARKUP[:120])
    Organisation.objects.update(name=MARKUP)
    Task.objects.update(title=MARKUP, problem=MARKUP, doing=MARKUP)
    return entered("lead")


@pytest.fixture
def places(url: Callable[..., str]) -> list[str]:
    """Every address."""
    return [at for _, at, _ in addresses(url)]


@pytest.fixture(autouse=True)
def apart(settings: Settings, tmp_path: Path) -> None:
    """What is sent lies in the folder of the test."""
    settings.STAGING, settings.ATTACHMENTS = tmp_path / "staging", tmp_path / "attachments"


def test_what_is_written_into_every_form_is_only_ever_text(attacker: Client, places: list[str]) -> None:
    wrong, sent = [], []
    for at, answer in sent_everywhere(attacker, places, MARKUP, (FILE, b"nothing")):
        sent.append(at)
        if taken_for_markup(answer):
            wrong.append(f"the answer to {at}")
    Task.objects.exclude(kind="loading.look").update(state=State.CANCELLED)  # figures say nothing people wrote
    run_waiting()
    seen = 0
    for at in places:
        answer = attacker.get(at)
        seen += is_page(answer) and html.escape(MARKUP[:20]) in answer.content.decode()
        if taken_for_markup(answer):
            wrong.append(at)

    assert not wrong
    assert len(sent) > 20, f"too few forms were found to try anything: {sent}"
    assert seen > 20, "what was written is seen on hardly any page, so that nothing was tried"


def test_what_a_contract_says_is_only_ever_text(attacker: Client, places: list[str], own: Organisation) -> None:
    for file in sorted(own.folder.glob("contracts/*/contract.yaml")):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"(?m)^(contract|  - name): .*$", rf"\1: {json.dumps(MARKUP)}", text), encoding="utf-8")

    answers = {at: attacker.get(at) for at in places}

    assert not [at for at, answer in answers.items() if taken_for_markup(answer)]
    assert any(is_page(one) and html.escape(MARKUP) in one.content.decode() for one in answers.values())


def test_what_is_asked_for_is_only_ever_text(attacker: Client, places: list[str]) -> None:
    names = (
        "q",
        "page",
        "sort",
        "code",
        "schedule",
        "file",
        "rule",
        "severity",
        "name",
        "kind",
        "from",
        "next",
        "back",
    )

    answers = {at: attacker.get(at, dict.fromkeys(names, MARKUP)) for at in places}

    assert not [at for at, answer in answers.items() if taken_for_markup(answer)]
