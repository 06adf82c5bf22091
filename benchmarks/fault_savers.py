"""People who save contracts and negotiations while their server is killed; a part of ``faults.py``.

Each saver is a process that announces a request in a file of its own, calls the very action a page calls, and notes
that it was done. It is killed (SIGKILL) at a random moment and started again. At the end each request that was cut
off, and some that were not, are sent once more with their keys, as a browser would: all must be there, once.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

SAVERS = 2
CONTRACT, NEGOTIATION = "summit", "summit-2028"
TEXT = """contract: {name}
parties:
  provider: {{name: Cedar Ridge, tin: ["84-0000000"]}}
  payer: {{name: Summit, ids: [S1]}}
effective: 2025-01-01
ends: 2027-12-31
terms:
  - name: All
    for: {{claim_type: professional}}
    pay: {{percent_of_charges: 50}}
"""


def begun(desk: Any) -> None:
    """A contract and a negotiation to change."""
    from evenhand.contracts import read_contract
    from evenhand.negotiation.record import begun_from
    from evenhand.workspace.contracts import actions as contracts
    from evenhand.workspace.contracts.drafts import put
    from evenhand.workspace.negotiations import actions as negotiations

    def fill(draft: Path) -> None:
        put(draft, "contract.yaml", TEXT.format(name="as it was").encode())

    contracts.add(desk, CONTRACT, fill, contracts.Sent("", key="begin c"))
    held = read_contract(desk.book().contract_folders()[CONTRACT])
    request = negotiations.Request("began", "begin n")
    negotiations.begin(
        desk, NEGOTIATION, request, lambda place: begun_from(held, place.folder.resolve(), today=date.today())
    )


def save(desk: Any, key: str) -> None:
    """Send one request, whatever it was: its key says it."""
    from evenhand.workspace.trail.actions import DoneBeforeError

    with suppress(DoneBeforeError):
        (_save_contract if key.startswith("contract") else _save_negotiation)(desk, key)


def _save_contract(desk: Any, key: str) -> None:
    """Keep another text; what somebody else did meanwhile is looked at, and the change made again."""
    from evenhand.workspace.contracts.actions import Sent, save_text
    from evenhand.workspace.contracts.errors import ConflictError
    from evenhand.workspace.contracts.queries import folder_of, state_of

    while True:
        state = state_of(folder_of(desk, CONTRACT))
        if texts(desk)[key]:
            break  # it was kept before the server was killed, which one sees when one opens the page again
        with suppress(ConflictError):
            save_text(desk, CONTRACT, TEXT.format(name=key), Sent(state, key=key))
            break


def _save_negotiation(desk: Any, key: str) -> None:
    from evenhand.negotiation.record import Issue, add_issue
    from evenhand.workspace.negotiations.actions import Request, changed

    asked = Request("put an issue on the table of", key)
    changed(desk, NEGOTIATION, asked, lambda kept: add_issue(kept, Issue("", key, "language")))


def saver(slug: str, name: str, log: Path) -> None:
    """Save until killed."""
    from evenhand.workspace.organisations.desk import desk_of
    from evenhand.workspace.people.models import Person

    desk = desk_of(Person.objects.get(email=f"{slug}@cedar.example"), slug)
    number = len(log.read_text().splitlines()) if log.exists() else 0
    while True:
        key = f"{('contract', 'negotiation')[number % 2]} {name} {number}"
        with log.open("a") as out:
            out.write(f"asked {key}\n")
        save(desk, key)
        with log.open("a") as out:
            out.write(f"done {key}\n")
        number += 1
        time.sleep(0.05)


def killed(folder: Path, kills: int, chance: random.Random) -> None:
    """Kill savers, each after it has come to save something."""
    logs = [folder / f"saver {place}" for place in range(SAVERS)]
    savers = [_started(folder, log) for log in logs]
    try:
        for _ in range(kills):
            place = chance.randrange(SAVERS)
            _wait_for_more(logs[place], savers[place])
            time.sleep(chance.uniform(0, 0.15))
            savers[place].kill()
            savers[place].wait()
            savers[place] = _started(folder, logs[place])
    finally:
        for one in savers:
            one.kill()
            one.wait()


def _wait_for_more(log: Path, process: subprocess.Popen[bytes]) -> None:
    """Until it saves: a busy machine takes seconds to start it."""
    before = log.stat().st_size if log.exists() else 0
    while process.poll() is None and (log.stat().st_size if log.exists() else 0) == before:
        time.sleep(0.02)


def _started(folder: Path, log: Path) -> subprocess.Popen[bytes]:
    slug = folder.name.lower().replace("_", "-")
    script = str(Path(__file__).with_name("faults.py"))
    return subprocess.Popen([sys.executable, script, "--saver", slug, str(log), str(os.getpid())])


def texts(desk: Any) -> Counter[str]:
    """How often each text is among the versions of the contract."""
    shelf = desk.book().contracts_folder
    files = [shelf / CONTRACT / "contract.yaml", *shelf.glob(f".*/{CONTRACT}/*/contract.yaml")]
    return Counter(re.match(r"contract: (.*)", file.read_text()).group(1) for file in files if file.is_file())  # type: ignore[union-attr]


def found(desk: Any, folder: Path) -> dict[str, int]:
    """What came of it: every request sent again, and what is there then."""
    from evenhand.workspace.trail.queries import broken, events

    lines = [line.split(" ", 1) for log in sorted(folder.glob("saver *")) for line in log.read_text().splitlines()]
    asked = list(dict.fromkeys(key for what, key in lines if what == "asked"))
    done = {key for what, key in lines if what == "done"}
    held = texts(desk) + _issues(desk)
    lost = sum(not held[key] for key in done)
    for key in [*(key for key in asked if key not in done), *asked[-10:], "contract at last 0"]:
        save(desk, key)  # the last one is new: whoever changes the contract next finds what was not told
    held = texts(desk) + _issues(desk)
    told = Counter(event.key for event in events(desk.organisation))
    return {
        "saves": len(asked),
        "saves_cut_off": len(set(asked) - done),
        "saves_untold": max(0, sum(texts(desk).values()) - events(desk.organisation, kind="contract").count())
        + sum(not told[key] for key in _issues(desk) if key in asked),
        "lost": lost + sum(not held[key] for key in asked),
        "doubled": sum(max(0, held[key] - 1) + max(0, told[key] - 1) for key in asked),
        "damaged": len(broken(desk.organisation)),
    }


def _issues(desk: Any) -> Counter[str]:
    return Counter(issue.name for issue in desk.negotiation(NEGOTIATION).read().issues)
