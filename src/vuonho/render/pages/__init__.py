"""The public pages: views prepare plain values, templates lay them out."""
