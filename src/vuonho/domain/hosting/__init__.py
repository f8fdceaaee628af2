"""Where the site is published to: the repository, whether it fits the address, and which files may lie there."""
