"""Addresses of loading."""

from __future__ import annotations

from django.urls import path

from evenhand.workspace.loading import finding_views, receiving, views

urlpatterns = [
    path("o/<slug:organisation>/loading/", views.page, name="loading"),
    path("o/<slug:organisation>/loading/bring/", receiving.upload, name="upload"),
    path("o/<slug:organisation>/loading/deliveries/<uuid:delivery>/", views.delivery, name="delivery"),
    path("o/<slug:organisation>/loading/deliveries/<uuid:delivery>/load/", views.load, name="delivery-load"),
    path("o/<slug:organisation>/loading/deliveries/<uuid:delivery>/give-up/", views.give_up, name="delivery-give-up"),
    path("o/<slug:organisation>/loading/loads/<slug:load>/", views.loaded, name="load"),
    path("o/<slug:organisation>/loading/loads/<slug:load>/take-out/", views.take_out, name="load-take-out"),
    path("o/<slug:organisation>/loading/findings/", finding_views.by_rule, name="findings"),
    path("o/<slug:organisation>/loading/findings/each/", finding_views.one_by_one, name="findings-each"),
    path("o/<slug:organisation>/loading/findings/findings.xlsx", finding_views.workbook, name="findings-workbook"),
]
