"""Passages made searchable. Knows nothing of questions."""
