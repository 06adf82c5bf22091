"""Addresses of kept answers."""

from __future__ import annotations

from django.urls import path

from evenhand.workspace.figures import views

urlpatterns = [path("o/<slug:organisation>/figures/again/", views.again, name="figure-again")]
