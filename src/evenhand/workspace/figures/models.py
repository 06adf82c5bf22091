"""An answer, kept: a cache that can be emptied at any time, never truth."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from evenhand.workspace.organisations.models import Organisation


class Answer(models.Model):
    """What came of one question in one state of the book."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=32)
    value = models.JSONField(encoder=DjangoJSONEncoder)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "key", "signature"), name="one_answer_a_question_and_state"
            ),
        )

    def __str__(self) -> str:
        return f"{self.question} of {self.organisation}, {self.made_at:%Y-%m-%d %H:%M}"
