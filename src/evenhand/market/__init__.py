"""What others are paid, how concentrated a market is, how adequate a network, and what all of that gives each side."""
