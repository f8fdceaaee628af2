"""Proof over a built site that knows nothing of how it was built."""
