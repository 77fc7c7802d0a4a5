"""Inspection: the pipeline at a moment, what changed in it, and one deal's story.

The door of this view; pages and commands import from here.
"""
