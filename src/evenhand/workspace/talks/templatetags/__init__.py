"""Tags of talks."""
