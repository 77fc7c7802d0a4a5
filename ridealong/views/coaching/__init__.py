"""Coaching: what leading leaves behind, and what it is about."""
