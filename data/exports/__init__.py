"""What Inroad writes for others: everything as JSON, and what other programs read."""
