"""The frame of every page: layout, style, what templates may use."""
