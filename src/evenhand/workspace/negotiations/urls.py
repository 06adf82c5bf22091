"""Addresses of negotiations."""

from __future__ import annotations

from django.urls import path

from evenhand.workspace.negotiations import issues, rounds, views

_ALL = "o/<slug:organisation>/negotiations/"
_ONE = f"{_ALL}<slug:name>/"

urlpatterns = [
    path(_ALL, views.listed, name="negotiations"),
    path(_ONE, views.one, name="negotiation"),
    path(f"{_ONE}undo/", views.undo, name="negotiation-undo"),
    path(f"{_ONE}history/", views.history, name="negotiation-history"),
    path(f"{_ONE}issues/", issues.add, name="issue-add"),
    path(f"{_ONE}issues/<slug:issue>/", issues.row, name="issue"),
    path(f"{_ONE}issues/<slug:issue>/edit/", issues.edit, name="issue-edit"),
    path(f"{_ONE}rounds/new/", rounds.new, name="round-new"),
    path(f"{_ONE}rounds/check/", rounds.check, name="round-check"),
    path(f"{_ONE}rounds/<int:number>/", rounds.show, name="round"),
    path(f"{_ONE}rounds/<int:number>/file/", rounds.download, name="round-file"),
    path(f"{_ONE}rounds/<int:number>/close/", rounds.close, name="round-close"),
]
