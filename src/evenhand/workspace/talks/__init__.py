"""The record of talks: what was said, promised and due; search, reminders, a calendar to subscribe to."""
