"""Addresses of talks."""

from __future__ import annotations

from django.urls import path

from evenhand.workspace.talks import views

_ALL = "o/<slug:organisation>/talks/"
_ONE = "o/<slug:organisation>/negotiations/<slug:name>/talks/"

urlpatterns = [
    path(_ALL, views.everything, name="all-talks"),
    path(f"{_ALL}calendar/", views.feed, name="calendar-link"),
    path(_ONE, views.one, name="talks"),
    path(f"{_ONE}record/", views.talk, name="talk-record"),
    path(f"{_ONE}mail/", views.mail, name="talk-mail"),
    path(f"{_ONE}promises/", views.promise, name="promise-record"),
    path(f"{_ONE}promises/<int:number>/done/", views.kept, name="promise-done"),
    path(f"{_ONE}files/<str:file>/", views.attachment, name="attachment"),
    path("calendars/<str:secret>.ics", views.subscribed, name="calendar"),
]
