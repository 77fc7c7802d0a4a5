"""Reading what talks among colleagues were about, as a source of its own: it says what, and why."""

from ridealong.sources.listening.listening import carry_out, hear_due

__all__ = ["carry_out", "hear_due"]
