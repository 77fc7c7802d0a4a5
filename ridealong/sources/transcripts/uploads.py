"""Transcripts handed in on a page."""

from __future__ import annotations

from ridealong.lib import clock
from ridealong.record import writer
from ridealong.record.ranks import SourceName
from ridealong.sources.base.connector import Ours
from ridealong.sources.transcripts.talk import MAX_BYTES, Unreadable, read
from ridealong.sources.transcripts.telling import talk_fact

__all__ = ["MAX_BYTES", "Unreadable", "take_in"]

SOURCE = SourceName("transcripts", "transcript")


def take_in(raw: bytes, name: str, ours: Ours) -> None:
    """Keep the talk in a file; the same file again adds nothing. Raises ``Unreadable``."""
    talk = read(raw, name)
    writer.append(SOURCE, [talk_fact(raw, talk, ours, otherwise=clock.now())])
