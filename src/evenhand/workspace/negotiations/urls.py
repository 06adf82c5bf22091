"""Addresses of negotiations."""

from __future__ import annotations

from django.urls import path

from evenhand.workspace.negotiations import issues, papers, preparing, rounds, views, what_if

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
    path(f"{_ONE}what-if/", what_if.table, name="negotiation-what-if"),
    path(f"{_ONE}what-if/tried/", what_if.tried, name="what-if-tried"),
    path(f"{_ONE}what-if/exactly/", what_if.exactly, name="what-if-exactly"),
    path(f"{_ONE}what-if/exactly/<uuid:task>/", what_if.priced, name="what-if-priced"),
    path(f"{_ONE}what-if/offer/", what_if.offer, name="what-if-offer"),
    path(f"{_ONE}preparation/", preparing.preparation, name="negotiation-preparation"),
    path(f"{_ONE}preparation/<slug:what>/add/", preparing.add, name="preparation-add"),
    path(f"{_ONE}preparation/<slug:what>/remove/", preparing.remove, name="preparation-remove"),
    path(f"{_ONE}preparation/message/", preparing.message, name="preparation-message"),
    path(f"{_ONE}preparation/walk-away/", preparing.walk_away, name="preparation-walk-away"),
    path(f"{_ONE}documents/", papers.documents, name="negotiation-documents"),
    path(f"{_ONE}documents/make/", papers.make, name="negotiation-documents-make"),
    path(f"{_ONE}documents/<str:file>/", papers.fetch, name="negotiation-document"),
    path(f"{_ONE}rounds/compare/", papers.compare, name="round-compare"),
    path(f"{_ONE}rounds/new/", rounds.new, name="round-new"),
    path(f"{_ONE}rounds/check/", rounds.check, name="round-check"),
    path(f"{_ONE}rounds/<int:number>/", rounds.show, name="round"),
    path(f"{_ONE}rounds/<int:number>/file/", rounds.download, name="round-file"),
    path(f"{_ONE}rounds/<int:number>/close/", rounds.close, name="round-close"),
]
