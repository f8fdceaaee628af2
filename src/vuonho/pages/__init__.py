"""The public pages and the files that programs read: public values become bytes, nothing is written here."""
