"""What is printed: plaques, cards, sticker sheets and the village board, as print-ready PDF, proved and recorded."""
