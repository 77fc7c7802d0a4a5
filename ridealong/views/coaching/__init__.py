"""Coaching: who spoke with whom about what, guidance and what came of it. The door of this view."""
