"""What holds for whatever is read."""

from __future__ import annotations

import pytest

from ridealong.sources.transcripts.talk import MAX_TEXT, Talk, Unreadable, read


def outcome(raw, name):
    """Return what reading gives, held to what every talk keeps."""
    try:
        talk = read(raw, name)
    except Unreadable as error:
        return str(error)
    assert isinstance(talk, Talk)
    assert talk.minutes >= 0
    assert len(talk.text) <= MAX_TEXT
    for utterance in talk.utterances:
        assert 0 <= utterance.start <= utterance.end
        assert utterance.text
    for one, other in zip(talk.utterances, talk.utterances[1:], strict=False):
        assert one.speaker != other.speaker
        assert one.start <= other.start
    assert all(s.seconds >= 0 and 0 <= s.share <= 1 and s.words >= 0 for s in talk.speakers)
    assert sum(s.share for s in talk.speakers) == pytest.approx(
        1.0 if any(s.seconds for s in talk.speakers) else 0.0
    )
    assert [s.seconds for s in talk.speakers] == sorted(
        (s.seconds for s in talk.speakers), reverse=True
    )
    assert {s.name for s in talk.speakers} == {u.speaker for u in talk.utterances}
    assert "\0" not in repr(talk)
    repr((talk.text, talk.title, talk.participants)).encode()
    talk.text.encode()
    return talk
