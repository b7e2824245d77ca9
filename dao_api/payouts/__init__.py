"""Who is paid, with the proofs that claims need."""
