"""What one laptop holds, in one file on a USB drive, and back again."""
