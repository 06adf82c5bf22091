"""What forms share: a one-time key, so that a form sent twice acts once."""

from __future__ import annotations

import secrets

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest


def new_key() -> str:
    """A key nobody used before."""
    return secrets.token_urlsafe(24)


class KeyedForm(forms.Form):
    """A form with a hidden one-time key; the action hands it to the trail (``Deed.key``), which takes each once."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=new_key)


def sent_key(request: HttpRequest) -> str:
    """The key of a form that has nothing else in it, such as a button.

    Raises:
        BadRequest: there is none, or it is none of ours.
    """
    form = KeyedForm(request.POST)
    if not form.is_valid():
        raise BadRequest("This was sent without its key. Open the page again and send it from there.")
    return str(form.cleaned_data["key"])
