"""How projects and households begin: the demo unpacked, a project opened, a profile laid out."""
