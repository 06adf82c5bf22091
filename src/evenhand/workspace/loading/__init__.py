"""Bringing files into the book: received aside, looked at, loaded, taken back; what was wrong in them."""
