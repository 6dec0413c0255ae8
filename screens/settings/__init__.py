"""Settings: the user's own words, each number with its source, holidays, the theme."""
