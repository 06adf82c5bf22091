"""The whole site as it is started, with its own server and worker: a page that changes by itself."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

START = [sys.executable, "-c", "from evenhand.cli import main; main()"]
OWN = ("EVENHAND_", "DJANGO_", "DATABASE_URL")


def surroundings(folder: Path) -> dict[str, str]:
    told = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    return told | {"EVENHAND_BOOK": str(folder / "book"), "EVENHAND_THREADS": "1"}


@pytest.fixture
def demo(demo_template: Path, tmp_path: Path) -> Path:
    """The demo's folder, to change."""
    shutil.copytree(demo_template, tmp_path / "demo")
    return tmp_path / "demo"


@pytest.fixture
def site(demo: Path) -> Iterator[str]:
    """`evenhand serve --demo`, running."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*START, "serve", "--demo", str(demo), "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, env=surroundings(demo), stdout=subprocess.DEVNULL) as server:
        try:
            yield answered(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
            server.wait(timeout=30)  # pages that listen do not keep it


def answered(site: str) -> str:
    for _ in range(300):
        try:
            with urlopen(f"{site}/health/") as health:
                assert health.status == 200
                return site
        except (URLError, ConnectionError):
            time.sleep(0.2)
    raise TimeoutError("the site did not start")


def test_the_page_of_the_executive_follows_what_happens(browser: Browser, site: str, demo: Path) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda problem: said.append(str(problem)))
    page.goto(site)
    page.get_by_role("button", name="Ruth Feldman").click()
    page.get_by_role("link", name="At a glance").click()
    expect(page.get_by_text("Paid less than agreed").first).to_be_visible(
        timeout=90_000
    )  # the worker has done its work
    expect(page.get_by_role("cell", name="16 of 20")).to_be_visible()

    agreed = [*START, "negotiation", "settle", "summit", "implants", "2 %"]
    subprocess.run(agreed, env=surroundings(demo), check=True, stdout=subprocess.DEVNULL)

    expect(page.get_by_role("cell", name="15 of 20")).to_be_visible(timeout=20_000)
    assert said == []
    page.close()
