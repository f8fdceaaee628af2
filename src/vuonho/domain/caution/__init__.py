"""What a free text should not tell: card and account numbers, and words to think twice about."""
