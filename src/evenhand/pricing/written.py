"""The pricing steps in the words of an engine, a script for each stage."""

from __future__ import annotations

from importlib.resources import files

from evenhand.engines import read_steps
from evenhand.engines.script import script


def stage_scripts(dialect: str) -> dict[str, str]:
    """Each stage of the plan, in order, as SQL: ``{"1_contract": "create …", …}``.

    Raises:
        EngineError: SQLGlot is not installed, or the dialect is not known.
    """
    stages = sorted((files("evenhand.pricing") / "steps").iterdir(), key=lambda entry: entry.name)
    return {stage.name: script(read_steps(stage), dialect) for stage in stages if stage.is_dir()}
