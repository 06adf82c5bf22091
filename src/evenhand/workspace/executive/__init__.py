"""One page for who decides: a few figures, each with its source and day, live and on paper."""
