"""Starting Django for a command, or saying what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evenhand.errors import UsageError

if TYPE_CHECKING:
    from evenhand.workspace.configuration import Configuration


def started() -> Configuration:
    """Make ready what the workspace needs: folder, key, tables; the answer says how it runs.

    Raises:
        UsageError: the parts it is made of are not installed, or its folder cannot be written.
    """
    try:
        from evenhand.workspace.running.server import prepare
    except ModuleNotFoundError as missing:
        raise UsageError(
            f"the workspace needs {missing.name}; install it with: pip install 'evenhand[workspace]'"
        ) from missing
    return prepare()
