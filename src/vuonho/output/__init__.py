"""Artifacts become files of the world, and a built site is proved."""
