"""Addresses of the portfolio."""

from __future__ import annotations

from django.urls import path, re_path

from evenhand.workspace.portfolio import views

urlpatterns = [
    path("", views.home, name="home"),
    path("o/<slug:organisation>/", views.portfolio, name="portfolio"),
    re_path(r"^o/(?P<organisation>[-\w]+)/portfolio\.(?P<kind>csv|xlsx)$", views.exported, name="portfolio-export"),
]
