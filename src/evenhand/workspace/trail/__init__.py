"""What was done: a log that is only ever added to, each entry bound to the one before by a hash."""
