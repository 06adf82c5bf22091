"""A workspace that is full already: ready people at the demo's practice, to look around as each of them."""
