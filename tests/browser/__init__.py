"""Tests that use Ridealong as a person does: a real browser, a real server."""
