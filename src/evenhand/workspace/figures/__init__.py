"""Figures of the engine, worked out by tasks and kept for each state of the book and its contracts."""
