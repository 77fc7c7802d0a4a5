"""The brief as a document: plain text, Markdown, a page of HTML of its own, and PDF.

The first three are templates beside this file, filled with the same sections.
"""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from django.template import Context, Engine

from ridealong.faces.documents.pdf import pdf
from ridealong.faces.documents.sections import moment, sections
from ridealong.views.briefing import Brief


def text(brief: Brief, zone: ZoneInfo) -> str:
    """Return the brief as plain text; times in ``zone``."""
    return _rendered("brief.txt", brief, zone, autoescape=False)


def markdown(brief: Brief, zone: ZoneInfo) -> str:
    """Return the brief as Markdown; times in ``zone``."""
    return _rendered("brief.md", brief, zone, autoescape=False)


def html(brief: Brief, zone: ZoneInfo) -> str:
    """Return the brief as a page of HTML that needs nothing else; times in ``zone``."""
    return _rendered("brief.html", brief, zone, autoescape=True)


def _rendered(name: str, brief: Brief, zone: ZoneInfo, *, autoescape: bool) -> str:
    engine = Engine(
        dirs=[str(Path(__file__).parent)],
        autoescape=autoescape,
        libraries={"cells": "ridealong.faces.documents.cells"},
    )
    values = {
        "brief": brief,
        "at": moment(brief.at, zone),
        "since": moment(brief.since, zone),
        "sections": list(sections(brief, zone)),
    }
    return str(engine.get_template(name).render(Context(values, autoescape=autoescape)))


__all__ = ["html", "markdown", "pdf", "text"]
