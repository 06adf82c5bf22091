"""The server itself killed while people work at it; ``faults.py --server`` runs this.

``evenhand serve`` runs on a book of a made-up practice. Six people work at it over HTTP, each doing one thing again
and again: saving a contract's text (two of them, so that one is told that the other was faster), recording rounds,
talks with a file attached, decisions about payments, and bringing files in and having them loaded; a seventh opens
pages whose figures are worked out from the book. At a random moment the server's whole process group, its worker, or
both are killed (SIGKILL), and the server is started again. Of what was not answered, half is sent once more with the
same key, as a browser would.

At the end all tasks are waited for. What was answered as done must be there once, what was refused not at all, what
was not answered at most once and whole; every version has its event; book, negotiation and log verify.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import fault_savers  # type: ignore[import-not-found,unused-ignore]

START = [sys.executable, "-c", "from evenhand.cli import main; main()"]
HERE, API = "/o/cedar", "/api/v1/o/cedar"
#: Seconds: for the server to answer after a start; for all tasks to end after the last kill.
STARTS, PATIENCE = 120, 900
CLAIMS = 150
OFFER = "offer: {key}\neffective: 2027-01-01\nadjust: [{{terms: all, percent: 3}}]\n"
#: Seconds between two requests of one, on the whole: what asks for much work asks less often, or it is never done.
PAUSES = {"delivery": 3.0, "reader": 5.0}
#: How the comparison of rounds ends here, and rightly so: the contract they are about has no claims.
NOTHING_PRICED = "no claim of these days is priced"
Send = Callable[["Person", str], http.client.HTTPResponse]


class Site:
    """The server, on a port of its own; killed and started again."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.up = threading.Event()
        self.process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        call = [*START, "serve", "--port", str(self.port), "--workers", self.chance.choice("1112")]
        return subprocess.Popen(call, stdout=subprocess.DEVNULL, start_new_session=True)

    def begin(self) -> None:
        """Start it unless it runs."""
        if self.process.poll() is not None:
            self.process = self._started()

    def start(self) -> None:
        """Start it unless it runs, and wait until it answers."""
        self.begin()
        for _ in range(STARTS * 10):
            with suppress(OSError, http.client.HTTPException):
                line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                line.request("GET", "/health/")
                if line.getresponse().status == 200:
                    self.up.set()
                    return
            time.sleep(0.1)
        raise TimeoutError(f"the server does not answer; its exit code: {self.process.poll()}")

    def kill(self, *, server: bool = True, worker: bool = True) -> None:
        """Kill the server's process group, the group of its worker, or both, at once."""
        groups = {int(child) for child in _children(self.process.pid)} - {os.getpgid(self.process.pid)}
        if server:
            self.up.clear()
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        for group in groups if worker else ():
            with suppress(ProcessLookupError):  # one of the server's own, or gone already
                if group == os.getpgid(group):
                    os.killpg(group, signal.SIGKILL)


def _children(process: int) -> list[str]:
    threads = Path(f"/proc/{process}/task").glob("*/children")
    return [child for thread in threads for child in thread.read_text().split()]


@dataclass
class Person:
    """Somebody who does one thing again and again, and remembers what came of each."""

    name: str
    site: Site
    send: Send
    token: str
    session: str
    chance: random.Random
    asked: list[str] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    cut_off: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict)

    def work(self, stop: threading.Event) -> None:
        """Work until told to stop."""
        again: list[str] = []
        while not stop.is_set():
            if not self.site.up.wait(0.5):
                continue
            key = again.pop() if again else f"{self.name} {len(self.asked)}"
            if key not in self.cut_off:
                self.asked.append(key)
            try:
                status, text = self._sent(key)
            except (OSError, http.client.HTTPException):
                self.cut_off.add(key)
                if self.chance.random() < 0.5:
                    again.append(key)
                continue
            self._note(key, status, text)
            time.sleep(self.chance.uniform(0.5, 1.5) * PAUSES.get(self.name, 0.25))

    def _sent(self, key: str) -> tuple[int, str]:
        answer = self.send(self, key)
        return answer.status, answer.read().decode("utf-8", "replace")

    def _note(self, key: str, status: int, text: str) -> None:
        if status < 400:
            self.done.add(key)
        elif status >= 500:
            self.cut_off.add(key)
            self.wrong.append(f"{key}: {status} {text[:300]}")

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
        """Ask as a program does, or below the site's own addresses as a browser."""
        line = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        told = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        if not path.startswith("/api"):
            told = {"Cookie": f"sessionid={self.session}; csrftoken={'c' * 32}", "X-CSRFToken": "c" * 32}
        line.request(method, path, body, told | {name.replace("_", "-"): value for name, value in headers.items()})
        return line.getresponse()

    def read(self, path: str) -> tuple[Any, str]:
        """What an operation answers, and its state."""
        answer = self.ask("GET", path)
        text = answer.read()
        if answer.status >= 400:
            raise http.client.HTTPException(text[:300].decode("utf-8", "replace"))
        return json.loads(text), answer.headers.get("ETag", "")

    def post(self, path: str, told: object, key: str, method: str = "POST", **headers: str) -> http.client.HTTPResponse:
        """Send JSON under a key."""
        return self.ask(method, f"{API}{path}", json.dumps(told).encode(), Idempotency_Key=key, **headers)

    def post_files(self, path: str, fields: dict[str, str], file: tuple[str, str, bytes], **headers: str) -> Any:
        """Send a form with a file in it."""
        mark = uuid.uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}'
            for name, value in fields.items()
        ]
        place, name, content = file
        parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="{place}"; filename="{name}"\r\n\r\n')
        body = "\r\n".join(parts).encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self.ask("POST", path, body, Content_Type=f"multipart/form-data; boundary={mark}", **headers)


def contract(person: Person, key: str) -> http.client.HTTPResponse:
    """Save a contract's text, made from the text as it is."""
    _, state = person.read(f"{API}/contracts/{fault_savers.CONTRACT}/text")
    told = {"text": fault_savers.TEXT.format(name=key)}
    return person.post(f"/contracts/{fault_savers.CONTRACT}/text", told, key, "PUT", If_Match=state)


def round_(person: Person, key: str) -> http.client.HTTPResponse:
    """Record a round."""
    told = {"by": "us", "day": "2026-11-20", "text": OFFER.format(key=key), "note": key}
    return person.post(f"/negotiations/{fault_savers.NEGOTIATION}/rounds", told, key)


def talk(person: Person, key: str) -> http.client.HTTPResponse:
    """Record a talk with a file."""
    fields = {"key": key, "kind": "call", "day": "2026-11-20", "who": "Dana", "said": key}
    path = f"{HERE}/negotiations/{fault_savers.NEGOTIATION}/talks/record/"
    return person.post_files(path, fields, ("sent", "letter.pdf", letter(key)))  # type: ignore[no-any-return]


def letter(key: str) -> bytes:
    """The file that goes with a talk."""
    return b"%PDF-1.7\n" + key.encode() * 20_000


def decision(person: Person, key: str) -> http.client.HTTPResponse:
    """Decide on one difference, as it was read."""
    rows = person.read(f"{API}/payments/differences?size=20")[0]["items"]
    row = person.known.setdefault(key, person.chance.choice(rows)["matter"])
    version = next((one["version"] for one in rows if one["matter"] == row), 0)
    told = {"status": "disputed", "note": key}
    return person.post(f"/payments/differences/{row}", told, key, "PUT", If_Match=f'"{version}"')


def delivery(person: Person, key: str) -> http.client.HTTPResponse:
    """Bring a file in, and have it loaded."""
    from generate_835 import write_835  # type: ignore[import-not-found,unused-ignore]

    name = f"{key}.835".replace(" ", "-")
    file = Path(person.known["folder"]) / name
    if not file.exists():
        write_835(file, 0.05, seed=int(key.rpartition(" ")[2]))
    told = ("files", name, file.read_bytes())
    answer = person.post_files(
        f"{API}/deliveries", {}, told, Authorization=f"Bearer {person.token}", Idempotency_Key=key
    )
    if answer.status >= 400:
        return answer  # type: ignore[no-any-return]
    return person.post(f"/deliveries/{json.loads(answer.read())['id']}/load", {}, key)


def reader(person: Person, key: str) -> http.client.HTTPResponse:
    """Open a page whose figures are worked out from the book."""
    page = person.chance.choice(("contracts/summit-health/terms/", "payments/", "contracts/summit/terms/", ""))
    return person.ask("GET", f"{HERE}/{page}")


SENDS: dict[str, Send] = {
    "contract a": contract,
    "contract b": contract,
    "round": round_,
    "talk": talk,
    "decision": decision,
    "delivery": delivery,
    "reader": reader,
}


def practice(folder: Path) -> Any:
    """A small book, a lead who works with it, its worklist worked out."""
    from evenhand.book import Book
    from evenhand.demo import generate
    from evenhand.workspace.organisations.desk import desk_of
    from evenhand.workspace.organisations.models import Membership, Organisation, Role
    from evenhand.workspace.payments.queries import known
    from evenhand.workspace.people.models import Person as Somebody
    from evenhand.workspace.tasks.worker import run_waiting

    made = generate(folder / "demo", claims=CLAIMS)
    book = Book.create(folder / "book")
    book.load([made.files])
    made.contracts.rename(book.contracts_folder)
    organisation = Organisation.objects.create(name="Cedar Ridge", slug="cedar", book=str(folder / "book"))
    ada = Somebody.objects.create_user("ada@cedar.example", name="Ada")
    for role in (Role.LEAD, Role.ANALYST, Role.ADMINISTRATOR):
        Membership.objects.create(person=ada, organisation=organisation, role=role)
    desk = desk_of(ada, "cedar")
    fault_savers.begun(desk)
    known(desk)
    run_waiting()
    return desk


def people(desk: Any, site: Site, folder: Path, seed: int) -> list[Person]:
    """Everybody, signed in, each with a token of their own."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from evenhand.workspace.api.actions import Wanted, make
    from evenhand.workspace.organisations.policy import allowed

    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(desk.person.pk), desk.person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session.create()
    found = []
    for number, (name, send) in enumerate(SENDS.items()):
        token = make(desk, Wanted(name, allowed(desk.roles), 30))[1]
        chance = random.Random(seed * 100 + number)
        one = Person(name, site, send, token, session.session_key or "", chance)
        one.known["folder"] = str(folder)
        found.append(one)
    return found


def killed(site: Site, everybody: list[Person], kills: int, chance: random.Random) -> None:
    """Kill while they work."""
    stop = threading.Event()
    threads = [threading.Thread(target=one.work, args=(stop,), daemon=True) for one in everybody]
    for thread in threads:
        thread.start()
    try:
        for _ in range(kills):
            (site.start if chance.random() < 0.9 else site.begin)()  # sometimes killed while it starts
            time.sleep(chance.uniform(0, 2.5))
            what = chance.choices(("both", "server", "worker"), (5, 3, 2))[0]
            site.kill(server=what != "worker", worker=what != "server")
        site.start()
        time.sleep(2)
    finally:
        stop.set()
        for thread in threads:
            thread.join(90)


def ended(desk: Any) -> list[str]:
    """Wait for all tasks; those that did not come to a good end."""
    from evenhand.workspace.tasks.actions import again
    from evenhand.workspace.tasks.models import OPEN, State, Task

    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for task in Task.objects.filter(state=State.FAILED, problem__startswith="The worker was stopped"):
            again(desk, task)
        if not Task.objects.filter(state__in=OPEN).exists():
            break
        time.sleep(0.3)
    rest = Task.objects.exclude(state__in=(State.DONE, State.CANCELLED)).exclude(problem__startswith=NOTHING_PRICED)
    return [f"{one.kind}: {one.state} {one.problem}" for one in rest]


def held(desk: Any) -> dict[str, Counter[str]]:
    """How often each thing is there, by who did it."""
    from evenhand.workspace.loading.models import Delivery
    from evenhand.workspace.payments.models import Step

    found = desk.negotiation(fault_savers.NEGOTIATION).read()
    loaded = Counter(Path(file.path).name for load in desk.book().loads() for file in load.files)
    brought = Counter(one.names[0] for one in Delivery.objects.filter(organisation=desk.organisation))
    texts = fault_savers.texts(desk)
    return {
        "contract a": texts,
        "contract b": texts,
        "round": Counter(one.note for one in found.rounds),
        "talk": Counter(one.said for one in found.talks),
        "decision": Counter(Step.objects.values_list("note", flat=True)),
        "delivery": _named(loaded),
        "brought": _named(brought),
    }


def _named(files: Counter[str]) -> Counter[str]:
    return Counter({name.removesuffix(".835").replace("-", " "): count for name, count in files.items()})


def damaged(desk: Any) -> list[str]:
    """Everything that is not whole: log, book, negotiation, files of talks, versions without an event."""
    from evenhand.negotiation.record import check_kept
    from evenhand.workspace.contracts.matching import told as contract_told
    from evenhand.workspace.negotiations.matching import told
    from evenhand.workspace.trail.queries import events

    kept, book = desk.negotiation(fault_savers.NEGOTIATION), desk.book()
    wrong = [str(one) for one in book.verify()]
    wrong += [str(one) for one in check_kept(kept)[1] if one.severity == "error"]
    for one in kept.read().talks:
        digests = [hashlib.sha256((kept.folder / file.file).read_bytes()).hexdigest() for file in one.attachments]
        if digests != [hashlib.sha256(letter(one.said)).hexdigest()]:
            wrong.append(f"the file of the talk '{one.said}' is not whole")
    contract_told(desk.organisation, book, fault_savers.CONTRACT)
    told(desk.organisation, kept)
    versions = {
        "contract": sum(fault_savers.texts(desk).values()),
        "negotiation": len(list(kept.file.parent.glob(".history/[0-9]*"))),
    }
    names = {"contract": fault_savers.CONTRACT, "negotiation": fault_savers.NEGOTIATION}
    for kind, many in versions.items():
        count = events(desk.organisation, kind=kind, name=names[kind]).count()
        if count != many:
            wrong.append(f"{many} versions of the {kind}, {count} events")
    log = subprocess.run([*START, "workspace", "verify-log"], capture_output=True, text=True, check=False)
    return wrong + ([log.stdout[-500:]] if log.returncode else [])


def compared(everybody: list[Person], there: dict[str, Counter[str]]) -> dict[str, list[str]]:
    """What was answered as done and is not there; what is there twice, or although it was refused."""
    lost, doubled = [], []
    for one in everybody:
        for key in one.asked if one.name in there else ():
            count = there[one.name][key]
            lost += [key] if key in one.done and not count else []
            most = 1 if key in one.done or key in one.cut_off else 0
            doubled += [key] if count > most or (one.name == "delivery" and there["brought"][key] > 1) else []
    return {"lost": lost, "doubled": doubled}


def run(folder: Path, kills: int, seed: int) -> dict[str, Any]:
    """All of it; what came of it."""
    os.environ["EVENHAND_SECOND_FACTOR"] = "no"
    desk, begun = practice(folder), time.monotonic()
    chance = random.Random(seed)
    site = Site(chance)
    everybody = people(desk, site, folder, seed)
    try:
        killed(site, everybody, kills, chance)
        unfinished = ended(desk)
    finally:
        with suppress(ProcessLookupError):
            site.kill()
    found = {**compared(everybody, held(desk)), "unfinished": unfinished, "damaged": damaged(desk)}
    wrong = [what for one in everybody for what in one.wrong]
    for what in [*wrong, *(f"{name}: {one}" for name, some in found.items() for one in some)]:
        print(what, file=sys.stderr)
    return {
        "kills": kills,
        "requests": sum(len(one.asked) for one in everybody),
        "done": sum(len(one.done) for one in everybody),
        "cut_off": sum(len(one.cut_off) for one in everybody),
        "answered_wrong": len(wrong),
        **{name: len(some) for name, some in found.items()},
        "seconds": round(time.monotonic() - begun),
    }
