"""Where everything is: each room's addresses under its own word."""

from __future__ import annotations

from django.urls import include, path

handler500 = "evenhand.workspace.site.full.told"

urlpatterns = [
    path("", include("evenhand.workspace.portfolio.urls")),
    path("", include("evenhand.workspace.contracts.urls")),
    path("", include("evenhand.workspace.loading.urls")),
    path("", include("evenhand.workspace.tasks.urls")),
    path("", include("evenhand.workspace.figures.urls")),
    path("", include("evenhand.workspace.negotiations.urls")),
    path("", include("evenhand.workspace.escalation.urls")),
    path("", include("evenhand.workspace.payments.urls")),
    path("", include("evenhand.workspace.talks.urls")),
    path("gallery/", include("evenhand.workspace.site.urls")),
    path("", include("evenhand.workspace.organisations.urls")),
    path("", include("evenhand.workspace.api.urls")),
    path("", include("evenhand.workspace.trail.urls")),
    path("account/", include("evenhand.workspace.people.urls")),
    path("", include("evenhand.workspace.executive.urls")),
    path("enter/", include("evenhand.workspace.ready.urls")),
    path("health/", include("evenhand.workspace.running.urls")),
]
