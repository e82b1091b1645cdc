"""The truth: rows, and the rules that need nothing but the row. Nothing here knows who asks."""
