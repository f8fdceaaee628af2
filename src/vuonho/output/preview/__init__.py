"""A built site, shown on this computer as GitHub Pages would show it to the world."""
