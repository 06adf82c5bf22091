"""The workspace: a web site where a team negotiates; it calls what the command line calls and computes nothing."""
