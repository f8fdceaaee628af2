"""Public values become bytes; nothing here writes, and nothing here knows a private field."""
