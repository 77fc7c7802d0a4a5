"""Briefing: what the CEO is told, always ready."""
