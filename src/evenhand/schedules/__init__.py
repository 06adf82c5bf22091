"""Public fee schedules, read from the files their publishers issue and priced by their publishers' rules."""
