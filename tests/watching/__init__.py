"""Watching: what stands is what judging anew would give."""
