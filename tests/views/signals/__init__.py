"""Signals: rules, what is normal, and what stands."""
