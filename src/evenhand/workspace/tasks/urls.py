"""Addresses of tasks."""

from __future__ import annotations

from django.urls import path

from evenhand.workspace.tasks import views

urlpatterns = [
    path("o/<slug:organisation>/tasks/", views.listed, name="tasks"),
    path("o/<slug:organisation>/tasks/<uuid:task>/", views.part, name="task"),
    path("o/<slug:organisation>/tasks/<uuid:task>/cancel/", views.cancel, name="task-cancel"),
    path("o/<slug:organisation>/tasks/<uuid:task>/again/", views.again, name="task-again"),
]
