"""Questions an assistant may ask of a book: read only, over stdin and stdout of a command somebody starts.

It is one more way in for the team, beside site and API, so it lives with them; it needs neither Django nor the
workspace's database, as it asks a book as the command line does.
"""
