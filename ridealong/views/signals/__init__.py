"""What is to be noticed about deals: rules, what is normal, and what stands."""

from ridealong.views.signals.backtesting import Trial, backtest, trial_shape
from ridealong.views.signals.judging import Verdict, judge, switched_on, values_of
from ridealong.views.signals.learning import learn
from ridealong.views.signals.news import (
    TOPICS,
    DealNews,
    Item,
    News,
    Part,
    Topic,
    concerning,
    news,
    sorted_by_deal,
    with_deals,
)
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
    "TOPICS",
    "DealNews",
    "Evidence",
    "Found",
    "Item",
    "News",
    "Norm",
    "Norms",
    "Part",
    "Rule",
    "Setting",
    "StageNorms",
    "Topic",
    "Trial",
    "Values",
    "Verdict",
    "as_body",
    "backtest",
    "concerning",
    "from_body",
    "judge",
    "learn",
    "news",
    "rules",
    "sorted_by_deal",
    "switched_on",
    "trial_shape",
    "values_of",
    "week_begins",
    "week_of",
    "with_deals",
]
