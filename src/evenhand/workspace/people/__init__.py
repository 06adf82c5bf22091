"""Who works here: people, how they sign in."""
