"""Take submissions, give receipts, tell what became of them."""
