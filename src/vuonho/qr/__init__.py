"""QR symbols, their images, and a reader that did not write them."""
