"""Files in: CSV and XLSX exports of any CRM become facts. The door of this source."""

from ridealong.sources.files.loading import load
from ridealong.sources.files.mapping import InvalidMapping, Rules, read
from ridealong.sources.files.plan import FilePlan, choices, from_shape, understand
from ridealong.sources.files.report import BadRow, Report, rejected_csv

__all__ = [
    "BadRow",
    "FilePlan",
    "InvalidMapping",
    "Report",
    "Rules",
    "choices",
    "from_shape",
    "load",
    "read",
    "rejected_csv",
    "understand",
]
