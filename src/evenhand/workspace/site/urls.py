"""Addresses of the site's own pages."""

from __future__ import annotations

from django.urls import path

from evenhand.workspace.site import views

urlpatterns = [path("", views.gallery, name="gallery")]
