"""Commands that the oracle adds to `tessera`."""
