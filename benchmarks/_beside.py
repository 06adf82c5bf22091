"""Other benchmarks run from one that gathers them: what each prints, and what is taken from its last line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


def gathered(wanted: Mapping[tuple[str, ...], Sequence[str]]) -> dict[str, object]:
    """Figures by name, from each script run with its options in a process of its own.

    Args:
        wanted: script and options → the names taken from the JSON of its last line.
    """
    found: dict[str, object] = {}
    for (script, *options), names in wanted.items():
        command = [sys.executable, str(Path(__file__).with_name(script)), *options]
        printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.rstrip()
        print(f"== {script}", printed, sep="\n", flush=True)
        last = printed.rsplit("\n", 1)[-1]
        said = json.loads(last) if last.startswith("{") else {}
        found |= {name: said.get(name) for name in names}
    return found
