"""People: who is who, adding them in one line, finding them, and making one of two."""
