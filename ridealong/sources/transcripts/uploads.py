"""Transcripts handed in on a page."""

from __future__ import annotations

from dataclasses import replace

from ridealong.lib import clock
from ridealong.record import writer
from ridealong.record.ranks import SourceName
from ridealong.sources.base.connector import Ours
from ridealong.sources.transcripts.talk import MAX_BYTES, Unreadable, read
from ridealong.sources.transcripts.telling import talk_fact

__all__ = ["MAX_BYTES", "Unreadable", "take_in"]

SOURCE = SourceName("transcripts", "transcript")


def take_in(raw: bytes, name: str, ours: Ours, *, by: str) -> None:
    """Keep the talk in a file; the same file again adds nothing. Raises ``Unreadable``.

    ``by``: key of the member who hands it in, whose it is where no colleague is recognised in it.
    """
    fact = talk_fact(raw, read(raw, name), ours, otherwise=clock.now())
    if fact.changes["member"] is None:
        fact = replace(fact, changes={**fact.changes, "member": by, "members": [by]})
    writer.append(SOURCE, [fact])
