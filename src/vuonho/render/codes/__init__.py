"""QR symbols and their images."""
