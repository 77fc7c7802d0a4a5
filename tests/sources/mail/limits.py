"""What holds of every mail that was read."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

from ridealong.sources.mail.message import Message, Unreadable, read
from tests.sources.mail.writing import RECEIVED


def holds(message: Message) -> None:
    """Check the limits of everything a mail may say."""
    assert 0 < len(message.id) <= 180
    assert 0 < len(message.thread) <= 180
    assert message.at.utcoffset() == timedelta(0)
    assert len(message.subject) <= 250
    assert "\n" not in message.subject
    assert len(message.text) <= 20_000
    assert len(message.signature) <= 4_000
    assert len(message.references) <= 50
    assert all(0 < len(known) <= 180 for known in message.references)
    assert len(message.attachments) <= 100
    for address in (message.sender, *message.to, *message.cc):
        assert address.email == address.email.lower()
    said = repr(dataclasses.astuple(message))
    assert "\\x00" not in said.replace("\\\\", "")
    for words in (message.subject, message.text, message.signature, *message.invitations):
        words.encode()
        assert not set(words) & set(map(chr, (0, 28, 29, 30)))


def try_reading(raw: bytes) -> Message | str:
    """Read a mail, or say why that cannot be."""
    try:
        message = read(raw, received=RECEIVED)
    except Unreadable as error:
        why, cause = str(error), error.__cause__
    else:
        holds(message)
        return message
    # Whatever can be wrong was foreseen and has its own sentence.
    assert cause is None
    assert why.endswith(".")
    return why
