"""Which differences hold up among many that are looked at every day. Pure: no Django, no record.

``tried(company, tables(company), at)`` is all of it; what the words mean is for who shows it.
"""

from ridealong.insight.courses import Advised, Company, Course, Happening, Step
from ridealong.insight.having import HAVINGS
from ridealong.insight.landmarks import AIMS, Table, Tables, has, passages, tables
from ridealong.insight.trying import Trial, estimated, tried

__all__ = [
    "AIMS",
    "HAVINGS",
    "Advised",
    "Company",
    "Course",
    "Happening",
    "Step",
    "Table",
    "Tables",
    "Trial",
    "estimated",
    "has",
    "passages",
    "tables",
    "tried",
]
