"""Scores an assistant, and compares it with other systems."""
