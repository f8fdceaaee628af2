"""Words and rules of the village: no files, no clock, nothing that depends on the machine."""
