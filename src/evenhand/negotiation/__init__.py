"""What an offer is worth."""
