"""Follow-ups: what is owed to whom, each with its message; the rows, the ways out, the writing."""
