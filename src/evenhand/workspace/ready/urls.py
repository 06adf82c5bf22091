"""Addresses of the ready people."""

from __future__ import annotations

from django.urls import path

from evenhand.workspace.ready import views

urlpatterns = [path("", views.enter, name="enter")]
