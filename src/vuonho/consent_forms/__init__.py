"""The papers of consent, in black for an office printer: the form that a family signs, and the inventory."""
