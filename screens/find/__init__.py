"""Find: the whole network, searched as it is typed."""
