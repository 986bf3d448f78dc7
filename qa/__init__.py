"""A question, its evidence, and a cited answer. Knows no screen."""
