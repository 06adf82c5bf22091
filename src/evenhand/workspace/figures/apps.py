"""The room as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class Figures(AppConfig):
    """Finds the questions of all rooms."""

    name = "evenhand.workspace.figures"

    def ready(self) -> None:
        """Let every room register the questions its pages ask."""
        autodiscover_modules("answers")
