"""How every village stands and who does what next, for the terminal and for paper."""
