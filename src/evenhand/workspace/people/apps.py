"""What happens around signing in is logged."""

from __future__ import annotations

from django.apps import AppConfig


class People(AppConfig):
    """The room, and what it listens to."""

    name = "evenhand.workspace.people"

    def ready(self) -> None:
        """Start listening."""
        from evenhand.workspace.people import listening

        listening.start()
