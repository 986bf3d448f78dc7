"""Documents of an organisation, read into passages. Knows nothing of vectors."""
