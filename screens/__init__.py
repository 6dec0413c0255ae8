"""What the user sees: one module a screen, `widgets/` for the parts they share, a .tcss beside each."""
