"""Run as a program: brings files in, and loads them, where no file may grow beyond a limit. Prints what came of it.

Argument: a folder. The limit is the system's own (RLIMIT_FSIZE): a write beyond it fails as one on a full disk does.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

#: Bytes; the database needs less, the files more.
LIMIT = 3 << 20
TALK, PAPER = "negotiations/summit-2028/talks/record/", "contracts/summit/documents/put/"


def main() -> None:
    """Two loads: the first with room; the second without; then with room again."""
    folder = Path(sys.argv[1])
    os.environ["EVENHAND_WORKSPACE"] = str(folder / "workspace")
    from evenhand.workspace.running.server import prepare

    prepare()
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    import fault_savers  # type: ignore[import-not-found,unused-ignore]
    from evenhand.workspace.loading.actions import load
    from evenhand.workspace.loading.models import Delivery
    from evenhand.workspace.organisations.desk import desk_of
    from evenhand.workspace.organisations.models import Membership, Organisation, Role
    from evenhand.workspace.people.models import Person
    from evenhand.workspace.tasks.actions import again
    from evenhand.workspace.tasks.models import Task
    from evenhand.workspace.tasks.worker import run_waiting
    from generate_835 import write_835  # type: ignore[import-not-found,unused-ignore]

    organisation = Organisation.objects.create(name="Cedar", slug="cedar", book=str(folder / "book"))
    person = Person.objects.create_user("ada@cedar.example", name="Ada")
    for role in (Role.ANALYST, Role.LEAD):
        Membership.objects.create(person=person, organisation=organisation, role=role)
    desk, client = desk_of(person, "cedar"), Client(headers={"Host": "localhost"}, raise_request_exception=False)
    fault_savers.begun(desk)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    def bring(name: str, data: bytes) -> tuple[int, str]:
        files = [SimpleUploadedFile(name, data)]
        answer = client.post("/o/cedar/loading/bring/", {"key": name, "files": files})
        run_waiting()
        return answer.status_code, answer.content.decode()

    def keep(where: str, **sent: Any) -> tuple[int, str]:
        content = b"%PDF-" + b" " * 2 * LIMIT
        files = {"sent": SimpleUploadedFile("a.pdf", content), "file": SimpleUploadedFile("a.pdf", content)}
        answer = client.post(f"/o/cedar/{where}", {**files, **sent, "key": where})
        return answer.status_code, answer.content.decode()

    def kept() -> list[str]:
        return sorted(path.name for path in (folder / "book").rglob("*.pdf"))

    def loaded(key: str) -> str:
        delivery = Delivery.objects.get(ended=None)
        load(desk, delivery, key=key)
        run_waiting()
        return Task.objects.filter(kind="loading.load").latest("created").problem

    write_835(folder / "small", 0.2, seed=1)
    write_835(folder / "large", 30, seed=2)
    small, large = (folder / "small").read_bytes(), (folder / "large").read_bytes()
    told: dict[str, object] = {"first": [bring("small.835", small)[0], loaded("l1")]}
    told["second"] = bring("large.835", large)[0]
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, resource.RLIM_INFINITY))
    told["full while loading"] = loaded("l2")
    told["loads while full"] = len(desk.book().loads())
    told["full while sending"] = bring("other.835", b" " * 2 * LIMIT)
    told["talk while full"] = keep(TALK, kind="call", day="2026-11-20", said="They move.")
    told["document while full"] = keep(PAPER)
    told["kept while full"] = kept()
    told["staged"] = sorted(place.name for place in (folder / "workspace/staging").rglob("*.835"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    told["kept with room"] = [
        keep(TALK, kind="call", day="2026-11-20", said="They move.")[0],
        keep(PAPER)[0],
        kept(),
    ]
    told["talks"] = len(desk.negotiation(fault_savers.NEGOTIATION).read().talks)
    again(desk, Task.objects.filter(kind="loading.load").latest("created"))
    run_waiting()
    told["loads in the end"] = len(desk.book().loads())
    told["wrong with the book"] = [str(one) for one in desk.book().verify()]
    print(json.dumps(told))


if __name__ == "__main__":
    main()
