"""The steps of the inpatient pricer keep to the portable profile."""

from __future__ import annotations

import pytest

from evenhand.engines import Step
from evenhand.engines.profile import departures, translations
from evenhand.schedules.ipps.pricing import ipps_steps


@pytest.mark.parametrize("step", ipps_steps(), ids=lambda step: step.name)
def test_steps_keep_to_the_portable_profile(step: Step) -> None:
    assert departures(step.sql) == []
    assert translations(step.sql)
    assert len(step.sql.splitlines()) <= 40
