"""Addresses for those who run it."""

from __future__ import annotations

from django.urls import path

from evenhand.workspace.running import views

urlpatterns = [path("", views.health, name="health")]
