"""A contract and claims in, allowed amounts out, with the reason for each."""
