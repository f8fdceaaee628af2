"""From the built site to its repository: what may go, what lies there, and whether anything would be lost."""
