"""How a family leaves: its profile, its row, its photos, and what remains to be done by hand."""
