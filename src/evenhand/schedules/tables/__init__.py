"""Tables as publishers issue them: recognised by content, read by their headings."""
