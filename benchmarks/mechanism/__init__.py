"""A seeded simulator of crowds that work, guess and conspire, paid by the oracle's own rule."""
