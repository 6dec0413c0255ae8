"""What the user does: each action is one transaction, named as the user reads it in "Undid: …"."""
