"""One organisation's claims, remittances and contracts: atomic loads, findings, undo."""
