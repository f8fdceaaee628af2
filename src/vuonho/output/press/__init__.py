"""Proof over a finished PDF that knows nothing of how it was drawn: it is rasterised, read and measured."""
