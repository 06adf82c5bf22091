"""Who made a version, and by which request: a small file beside the version's text, written in the same rename."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "by"


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change.

    Attributes:
        who: name and address.
        request: names the request once and for all, so that the version and a note of it elsewhere can be matched.
        what: what is done, in words.
        why: the reason given.
    """

    who: str
    request: str = ""
    what: str = ""
    why: str = ""


def author_text(author: Author) -> str:
    """What the file says."""
    return json.dumps(asdict(author), ensure_ascii=False)


def author_of(folder: Path) -> Author | None:
    """Who made the version in a folder; ``None`` where nobody is named."""
    try:
        told = json.loads((folder / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Author(**{name: str(told.get(name, "")) for name in ("who", "request", "what", "why")})
