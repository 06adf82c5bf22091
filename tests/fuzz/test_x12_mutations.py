"""Damaged X12 files: never a crash, never a hang, never a cent lost without a finding.

Files are damaged as files are: bytes flipped, cut out, doubled; segments dropped, swapped, doubled; the end
missing. After each damage, what the file then says (added up by a plain scan) must equal what the tables and
the findings hold. The damage is drawn from a seed, so a failure can be repeated.

``EVENHAND_FUZZ`` is the number of damaged files to try (2,000 when not set).
"""

from __future__ import annotations

import importlib.util
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
X12 = ROOT / "tests" / "claims" / "x12"
SAMPLES = ROOT / ".." / "shared" / "data" / "x12" / "files"
TOTAL = int(os.environ.get("EVENHAND_FUZZ", "2000"))
CHUNKS = 20
LARGEST = 20_000
#: Small blocks are tried now and then, so that damage falls on their edges too.
BLOCKS = (2 << 20, 2 << 20, 2 << 20, 700)


def module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"x12_fuzz_{name}", X12 / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = loaded
    spec.loader.exec_module(loaded)
    return loaded


accounts, texts = module("accounts"), module("texts")


def seeds() -> list[bytes]:
    """The files that are damaged."""
    own = [texts.professional(), texts.institutional(), texts.dental()]
    edge = [path.read_bytes() for path in sorted((X12 / "edge").glob("*.835"))]
    found = sorted(SAMPLES.iterdir()) if SAMPLES.is_dir() else []
    return own * 3 + edge + [path.read_bytes() for path in found if path.stat().st_size <= LARGEST]


def flip(content: bytearray, draw: random.Random) -> bytearray:
    for _ in range(draw.randint(1, 8)):
        content[draw.randrange(len(content))] = draw.choice((draw.randrange(256), *b"*:~^0123456789.-\r\n A"))
    return content


def cut(content: bytearray, draw: random.Random) -> bytearray:
    at = draw.randrange(len(content))
    del content[at : at + draw.choice((1, 2, 5, 30, 300))]
    return content


def double(content: bytearray, draw: random.Random) -> bytearray:
    at = draw.randrange(len(content))
    piece = content[at : at + draw.choice((1, 2, 5, 30, 300))]
    return content[:at] + piece + content[at:]


def truncate(content: bytearray, draw: random.Random) -> bytearray:
    return content[: draw.randrange(len(content))]


def splice(content: bytearray, draw: random.Random) -> bytearray:
    other = draw.choice(SEEDS)
    return content[: draw.randrange(len(content))] + other[draw.randrange(len(other)) :]


def segments(change: Callable[[list[bytes], random.Random], None]) -> Callable[[bytearray, random.Random], bytearray]:
    """A damage to whole segments."""

    def damage(content: bytearray, draw: random.Random) -> bytearray:
        terminator = bytes(content[105:106]) or b"~"
        pieces = bytes(content).split(terminator)
        change(pieces, draw)
        return bytearray(terminator.join(pieces))

    return damage


def swap(pieces: list[bytes], draw: random.Random) -> None:
    one, other = draw.randrange(len(pieces)), draw.randrange(len(pieces))
    pieces[one], pieces[other] = pieces[other], pieces[one]


def drop(pieces: list[bytes], draw: random.Random) -> None:
    del pieces[draw.randrange(len(pieces))]


def repeat(pieces: list[bytes], draw: random.Random) -> None:
    pieces.insert(draw.randrange(len(pieces)), draw.choice(pieces))


DAMAGES = (flip, flip, cut, double, truncate, splice, segments(swap), segments(drop), segments(repeat))
SEEDS = seeds()


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_damaged_files(chunk: int) -> None:
    for number in range(chunk, TOTAL, CHUNKS):
        draw = random.Random(number)
        content = bytearray(draw.choice(SEEDS))
        for _ in range(draw.choice((1, 1, 2, 3))):
            content = draw.choice(DAMAGES)(content, draw) or content
        damaged = bytes(content)
        tables = accounts.read_all(damaged, draw.choice(BLOCKS))
        assert accounts.differences(damaged, tables) == [], f"damaged file {number}"
