"""The papers of consent: the form that a family signs, and the inventory of what is kept."""
