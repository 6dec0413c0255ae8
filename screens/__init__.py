"""What the user sees: a folder a screen with its .tcss; `widgets/` and `dialogs/` are what they share."""
