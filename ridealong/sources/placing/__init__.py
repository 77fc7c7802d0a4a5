"""Placing activities at deals, as a source of its own: it says where, how sure, and why."""

from ridealong.sources.placing.placing import again_since, again_with, carry_out, place_due

__all__ = ["again_since", "again_with", "carry_out", "place_due"]
