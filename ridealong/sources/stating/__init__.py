"""What Ridealong itself says: it is a source like others, so that its words are kept as facts."""

from ridealong.sources.stating.noticing import Noticed, keep_norms, keep_trial, notice
from ridealong.sources.stating.saying import Statement, say, statement_key

__all__ = ["Noticed", "Statement", "keep_norms", "keep_trial", "notice", "say", "statement_key"]
