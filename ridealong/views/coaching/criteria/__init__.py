"""Evidence rules: what of the record shows that an exit criterion is met.

Each module here that has ``RULES`` adds some; nothing else is to be edited for a new one.
"""

from ridealong.views.coaching.criteria.rule import Case, Evidence, Rule, Ruling
from ridealong.views.coaching.criteria.rulebook import rules

__all__ = ["Case", "Evidence", "Rule", "Ruling", "rules"]
