"""Addresses of payments."""

from __future__ import annotations

from django.urls import path

from evenhand.workspace.payments import packet_views, views

_ALL = "o/<slug:organisation>/payments/"

urlpatterns = [
    path(_ALL, views.grouped, name="payments"),
    path(f"{_ALL}again/", views.again, name="payments-again"),
    path(f"{_ALL}claims/", views.claims, name="payment-claims"),
    path(f"{_ALL}claims/decide/", views.settle, name="payment-settle"),
    path(f"{_ALL}claims/<int:matter>/", views.claim, name="payment-claim"),
    path(f"{_ALL}trends/", views.trend, name="payment-trends"),
    path(f"{_ALL}packets/", packet_views.packets, name="payment-packets"),
    path(f"{_ALL}packets/<uuid:packet>/", packet_views.packet, name="payment-packet"),
    path(f"{_ALL}packets/<uuid:packet>/<slug:kind>/", packet_views.packet_file, name="payment-packet-file"),
]
