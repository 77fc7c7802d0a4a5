"""Watching deals: a worker judges what is due and keeps what was noticed."""
