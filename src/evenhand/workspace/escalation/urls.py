"""Addresses of escalation and notice."""

from __future__ import annotations

from django.urls import path

from evenhand.workspace.escalation import notice_views, views

_HERE = "o/<slug:organisation>/negotiations/<slug:name>/escalation/"
_NOTICE = f"{_HERE}notice/"

urlpatterns = [
    path(_HERE, views.escalation, name="escalation"),
    path(f"{_HERE}tried/", views.tried, name="escalation-tried"),
    path(f"{_HERE}issues/", views.issues, name="escalation-issues"),
    path(f"{_HERE}sign/<slug:what>/", views.sign, name="escalation-sign"),
    path(f"{_HERE}take-back/<slug:what>/", views.take_back, name="escalation-take-back"),
    path(f"{_HERE}brief/", views.brief, name="escalation-brief"),
    path(f"{_HERE}brief/<str:file>/", views.brief_file, name="escalation-brief-file"),
    path(f"{_HERE}escalated/", views.escalated, name="escalation-escalated"),
    path(_NOTICE, notice_views.notice, name="notice"),
    path(f"{_NOTICE}ask/<slug:kind>/", notice_views.ask, name="notice-ask"),
    path(f"{_NOTICE}<int:number>/confirm/", notice_views.confirm, name="notice-confirm"),
    path(f"{_NOTICE}<int:number>/withdraw/", notice_views.withdraw, name="notice-withdraw"),
    path(f"{_NOTICE}<int:number>/letter/", notice_views.letter, name="notice-letter"),
]
