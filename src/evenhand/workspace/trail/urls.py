"""Addresses of the history."""

from __future__ import annotations

from django.urls import path, register_converter

from evenhand.workspace.trail import views


class FileForm:
    """The kinds of file a history leaves as."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(FileForm, "file_form")

urlpatterns = [
    path("o/<slug:organisation>/history/", views.history, name="history"),
    path("o/<slug:organisation>/history/history.<file_form:form>", views.export, name="history-export"),
]
