"""What changes organisations: starting one, inviting, roles, who may see a negotiation."""
