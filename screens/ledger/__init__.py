"""The ledger: leads, advice and promises; the rows, and what it asks."""
