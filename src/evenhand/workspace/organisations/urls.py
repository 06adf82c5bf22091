"""Addresses of organisations and of coming in."""

from __future__ import annotations

from django.urls import path

from evenhand.workspace.organisations.views import entering, members

urlpatterns = [
    path("first/<str:token>/", entering.first, name="first"),
    path("invitation/<str:token>/", entering.invitation, name="invitation"),
    path("organisations/new/", entering.new_organisation, name="new-organisation"),
    path("o/<slug:organisation>/people/", members.people, name="people"),
    path("o/<slug:organisation>/people/invite/", members.invite, name="invite"),
    path("o/<slug:organisation>/people/invitations/<int:number>/end/", members.withdraw, name="withdraw-invitation"),
    path("o/<slug:organisation>/people/<int:number>/", members.member, name="member"),
    path("o/<slug:organisation>/people/<int:number>/roles/", members.roles, name="roles"),
    path("o/<slug:organisation>/people/<int:number>/end/", members.end, name="end-membership"),
    path("o/<slug:organisation>/people/seeing/<str:negotiation>/", members.seers, name="seers"),
]
