"""From what was asked for to a print-ready PDF, proved and recorded."""
