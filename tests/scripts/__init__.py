"""Tests of what sets everything up."""
