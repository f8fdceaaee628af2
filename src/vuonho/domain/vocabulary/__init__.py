"""Closed words, crops, animals and products, in Vietnamese and English."""
