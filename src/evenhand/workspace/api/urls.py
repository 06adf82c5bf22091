"""Addresses of the API, and of the page on which people make tokens."""

from __future__ import annotations

from django.urls import path, re_path

from evenhand.workspace.api import views
from evenhand.workspace.api.site import api, nothing

urlpatterns = [
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/<int:number>/revoke/", views.revoke, name="token-revoke"),
    path("api/", views.about, name="api"),
    path("api/v1/", nothing),
    path("api/v1/", api.urls),
    re_path(r"^api/[\s\S]+$", nothing, name="api-nothing"),
]
