"""The hidden one-time key of a form that is only a button."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from evenhand.workspace.site.forms import new_key

register = template.Library()


@register.simple_tag
def one_time_key() -> SafeString:
    """The hidden field; ``sent_key`` reads it."""
    return format_html('<input type="hidden" name="key" value="{}">', new_key())
