"""What Ridealong itself says: it is a source like others, so that its words are kept as facts."""

from ridealong.sources.stating.noticing import Noticed, keep_norms, keep_trial, notice

__all__ = ["Noticed", "keep_norms", "keep_trial", "notice"]
