"""How Django writes forms: with the field, form and error templates of this site."""

from __future__ import annotations

from django.forms.renderers import DjangoTemplates


class SiteForms(DjangoTemplates):
    """Labels above, help beneath them, faults where they are."""

    form_template_name = "site/parts/form.html"
    field_template_name = "site/parts/field.html"
