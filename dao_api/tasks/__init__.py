"""Tasks and their items."""
