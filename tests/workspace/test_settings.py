"""Settings: each is in the manual, and what cannot be meant is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenhand.errors import UsageError
from evenhand.workspace.configuration import VARIABLES, Configuration
from evenhand.workspace.running.safety import unsafe

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "run-the-workspace.md"


def test_every_setting_is_in_the_manual() -> None:
    manual = MANUAL.read_text("utf-8")
    assert [name for name, words in VARIABLES.items() if f"| `{name}` | {words} |" not in manual] == []


def test_every_setting_that_is_read_is_listed() -> None:
    source = (Path(unsafe.__code__.co_filename).parents[1] / "configuration.py").read_text("utf-8")
    assert [name for name in VARIABLES if source.count(f'"{name}"') < 2] == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"EVENHAND_HTTPS": "true"}, "EVENHAND_HTTPS is 'true'; it is yes or no"),
        ({"EVENHAND_SESSION_HOURS": "soon"}, "EVENHAND_SESSION_HOURS is 'soon'; it is a whole number, such as 8"),
        ({"EVENHAND_OIDC": "https://id.example"}, "give all three or none"),
    ],
)
def test_what_cannot_be_meant_is_refused(given: dict[str, str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        Configuration.of(given)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"EVENHAND_HOSTS": "evenhand.example"}, "evenhand.example is reached without HTTPS"),
        ({"EVENHAND_HTTPS": "yes"}, "no proxy is told of"),
        ({"EVENHAND_HOSTS": "*"}, "any name is taken"),
        ({"EVENHAND_DEMO": "yes"}, "ready people can sign in"),
        ({"EVENHAND_SECOND_FACTOR": "no"}, "a password alone is enough"),
        ({"EVENHAND_SESSION_HOURS": "72"}, "sessions last 72 hours"),
        ({"EVENHAND_SECRET_KEY": "short"}, "the key that signs is short"),
        ({"EVENHAND_SMTP": "smtp://mail.example:25"}, "reminders go to the mail server in clear"),
        (
            {"EVENHAND_OIDC": "http://id.example", "EVENHAND_OIDC_ID": "e", "EVENHAND_OIDC_SECRET": "s"},
            "the OpenID Connect provider is reached without TLS",
        ),
    ],
)
def test_each_unsafe_setting_is_named(given: dict[str, str], told: str) -> None:
    found = unsafe(Configuration.of({"EVENHAND_SECRET_KEY": "k" * 60} | given))
    assert any(told in one.what for one in found), found
    assert all(one.right for one in found)


def test_files_others_may_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("k" * 60)
    tmp_path.chmod(0o755)
    (tmp_path / "secret-key").chmod(0o644)

    found = [one.right for one in unsafe(Configuration.of({"EVENHAND_WORKSPACE": str(tmp_path)}))]

    assert f"chmod go= {tmp_path}" in found
    assert f"chmod go= {tmp_path / 'secret-key'}" in found
