"""Negotiations: issues, rounds, what they are worth, how prepared one is; every change logged and undoable."""
