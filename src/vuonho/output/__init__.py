"""Bytes become files: durable, old or new, and never over what is not ours."""
