"""What is to be noticed about deals: rules, what is normal, and what stands."""

from ridealong.views.signals.backtesting import Trial, backtest, trial_shape
from ridealong.views.signals.judging import Verdict, judge, switched_on, values_of
from ridealong.views.signals.learning import learn
from ridealong.views.signals.norms import (
    Norm,
    Norms,
    StageNorms,
    as_body,
    from_body,
    week_begins,
    week_of,
)
from ridealong.views.signals.rule import Evidence, Found, Rule, Setting, Values
from ridealong.views.signals.rulebook import rules

__all__ = [
    "Evidence",
    "Found",
    "Norm",
    "Norms",
    "Rule",
    "Setting",
    "StageNorms",
    "Trial",
    "Values",
    "Verdict",
    "as_body",
    "backtest",
    "from_body",
    "judge",
    "learn",
    "rules",
    "switched_on",
    "trial_shape",
    "values_of",
    "week_begins",
    "week_of",
]
