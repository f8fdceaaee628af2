"""The team's window: pages of this computer alone on which everything is done by clicks, by the commands' own functions."""
