"""The preparation of a meeting: its page, its windows, and the bank of questions."""
