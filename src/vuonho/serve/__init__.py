"""A built site, shown on this computer as GitHub Pages would show it, and built anew whenever something is saved."""
