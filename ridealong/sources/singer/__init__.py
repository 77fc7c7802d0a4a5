"""Any CRM that a public Singer tap reads: its SCHEMA, RECORD and STATE lines, with a mapping."""

from ridealong.sources.singer.mapping import InvalidMapping, Mapping, read
from ridealong.sources.singer.target import BadLine, Report, take_in

__all__ = ["BadLine", "InvalidMapping", "Mapping", "Report", "read", "take_in"]
