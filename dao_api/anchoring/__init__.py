"""Anchor what came in: once, also after a crash at any point."""
