"""Ridealong: know every deal as if it were yours."""
