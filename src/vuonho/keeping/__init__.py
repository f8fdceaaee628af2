"""What one laptop holds, in one file on a stick, and back again."""
