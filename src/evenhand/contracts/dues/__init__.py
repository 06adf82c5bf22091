"""What is due once the allowed amount stands: sequestration, withholds, and what late payment costs."""

from __future__ import annotations

from evenhand.contracts.dues.reading import DUES, Tables, read_dues
from evenhand.contracts.dues.silences import silent_dues
from evenhand.contracts.dues.states import State, read_states
from evenhand.contracts.dues.wording import due_words, dues_words
from evenhand.contracts.dues.writing import state_file, state_table, written_dues

__all__ = [
    "DUES",
    "State",
    "Tables",
    "due_words",
    "dues_words",
    "read_dues",
    "read_states",
    "silent_dues",
    "state_file",
    "state_table",
    "written_dues",
]
