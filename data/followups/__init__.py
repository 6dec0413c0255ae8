"""What is owed to whom: events turn into follow-ups here, and follow-ups into the day's list."""
