"""Whose work it is: an organisation has one side, one book, and members with roles."""
