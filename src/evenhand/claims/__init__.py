"""Claim lines and remittances: the tables, the readers, what finally became of each line."""
