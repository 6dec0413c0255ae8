"""Who may be in the network twice."""
