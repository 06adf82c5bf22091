"""Addresses of the executive's page."""

from __future__ import annotations

from django.urls import path

from evenhand.workspace.executive import views

urlpatterns = [
    path("o/<slug:organisation>/executive/", views.executive, name="executive"),
    path("o/<slug:organisation>/executive/stream", views.stream, name="executive_stream"),
    path("o/<slug:organisation>/executive/page.pdf", views.pdf, name="executive_pdf"),
]
