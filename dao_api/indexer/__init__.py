"""Read the chain's events into the chain tables; nothing else writes them."""
