"""Odds of what is still open, learned from what has ended. It knows neither Django nor the record.

Time is counted in days. An estimator is fitted to snapshots (``Snapshots``: how something open
looked at a moment, and what came of it) and then says of other snapshots how likely each is won,
lost or still open after some days.
"""
