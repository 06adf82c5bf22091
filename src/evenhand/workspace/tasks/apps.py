"""The queue as a Django app: it finds the work of all rooms."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TasksConfig(AppConfig):
    """Imports the module ``work`` of every room that has one."""

    name = "evenhand.workspace.tasks"

    def ready(self) -> None:
        """Find the work."""
        autodiscover_modules("work")
