"""Who made a version, and by which request: a small file beside it, so that neither is there without the other."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change.

    Attributes:
        who: name and address.
        request: names the request once and for all, so that the version and a note of it elsewhere can be matched.
        what: what is done, in words.
        why: the reason given.
        made: the digest of what was made, where a file can be changed afterwards without a new version.
    """

    who: str
    request: str = ""
    what: str = ""
    why: str = ""
    made: str = ""


def author_text(author: Author) -> str:
    """What the file says."""
    return json.dumps(asdict(author), ensure_ascii=False)


def author_in(file: Path) -> Author | None:
    """Who made the version a file lies with; ``None`` where nobody is named."""
    try:
        told = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return None
    return Author(**{field.name: str(told.get(field.name, "")) for field in fields(Author)})
