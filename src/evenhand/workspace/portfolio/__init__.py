"""The first page: every contract, every negotiation, what needs doing."""
