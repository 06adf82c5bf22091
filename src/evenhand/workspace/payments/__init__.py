"""Where payers paid otherwise than agreed: what to do about each difference, who does it, what came of it."""
