"""The journalled writer: the old site or the new one, never a part of each."""
