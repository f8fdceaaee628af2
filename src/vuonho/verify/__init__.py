"""Proof over a built or published site that knows nothing of how it was built."""
