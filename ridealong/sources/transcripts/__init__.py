"""Transcripts of calls and meetings."""
