"""How many deals are many: known to the worker that is asked every few seconds, at no cost."""

MANY = 500
"""The odds of so many deals are told at once, which takes about half a second."""
