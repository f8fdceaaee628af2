"""Papers for an office printer, in black: the form of consent and the inventory of the data."""
