"""Addresses of contracts."""

from __future__ import annotations

from django.urls import path

from evenhand.workspace.contracts import adding, editing, paper_views, views

_ALL = "o/<slug:organisation>/contracts/"
_ONE = f"{_ALL}<str:name>/"

urlpatterns = [
    path(_ALL, views.contracts, name="contracts"),
    path(f"{_ALL}new/", adding.new, name="contract-new"),
    path(_ONE, views.contract, name="contract"),
    path(f"{_ONE}rates/", views.rates, name="contract-rates"),
    path(f"{_ONE}terms/", views.terms, name="contract-terms"),
    path(f"{_ONE}versions/", views.versions, name="contract-versions"),
    path(f"{_ONE}versions/<str:stamp>/", views.version, name="contract-version"),
    path(f"{_ONE}versions/<str:stamp>/back/", editing.back, name="contract-back"),
    path(f"{_ONE}versions/<str:stamp>/documents/<str:file>/", paper_views.earlier, name="contract-version-document"),
    path(f"{_ONE}documents/", paper_views.papers, name="contract-documents"),
    path(f"{_ONE}documents/put/", paper_views.put, name="contract-document-put"),
    path(f"{_ONE}documents/<str:file>/take-away/", paper_views.take_away, name="contract-document-away"),
    path(f"{_ONE}file/<path:where>", views.file, name="contract-file"),
    path(f"{_ONE}by-file/", adding.by_file, name="contract-by-file"),
    path(f"{_ONE}by-file/keep/", adding.keep, name="contract-keep-file"),
    path(f"{_ONE}workbook/", adding.workbook, name="contract-workbook"),
    path(f"{_ONE}edit/", editing.edit, name="contract-edit"),
    path(f"{_ONE}edit/check/", editing.check, name="contract-check"),
]
