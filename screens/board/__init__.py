"""The board: people by stage; the cards, and what an empty column says."""
