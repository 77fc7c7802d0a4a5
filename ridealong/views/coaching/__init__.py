"""Coaching: what leading comes to, and where a leader's hour is worth most."""
