"""How the network grows: counts and rates, read from what is kept, never stored themselves."""
