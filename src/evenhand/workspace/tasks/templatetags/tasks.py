"""Who may steer the task a page shows."""

from __future__ import annotations

from django import template

from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.tasks.actions import may_steer
from evenhand.workspace.tasks.models import Task

register = template.Library()


@register.filter
def steered_at(task: Task, desk: Desk) -> bool:
    """Whether the person at this desk may stop the task or start it again."""
    return may_steer(desk, task)
