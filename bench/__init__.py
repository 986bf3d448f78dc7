"""Measures how fast the program is: `inspection-qa bench`. On top of all: nothing imports it."""
