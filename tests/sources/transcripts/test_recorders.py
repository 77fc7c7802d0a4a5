"""JSON of recorders."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime

import pytest

from ridealong.sources.transcripts.talk import Unreadable, read
from tests.sources.transcripts.recorded import ASSEMBLYAI, DEEPGRAM, GONG, WHISPER
from tests.sources.transcripts.samples import GOOD


def read_value(value, name="x.json"):
    return read(json.dumps(value).encode(), name)


def shown(talk):
    return [(u.start, u.end, u.speaker, u.text) for u in talk.utterances]


NINE = datetime(2026, 3, 12, 9, tzinfo=UTC)


def test_gong():
    talk = read(GOOD["gong.json"], "x.json")
    assert (talk.title, talk.minutes) == ("Acme: discovery", 30.0)
    assert talk.at == datetime(2026, 3, 12, 9, 2, tzinfo=UTC)
    assert talk.participants == (("Jane Doe", "jane@ridealong.example"), ("Tom Roe", ""))
    assert shown(talk) == [
        (460.23, 464.23, "Jane Doe", "No wait, I think we should check that out."),
        (465.0, 466.0, "Speaker 1", "Why?"),
    ]
    first, second = talk.speakers
    assert (first.email, first.seconds, first.share) == ("jane@ridealong.example", 4.0, 0.8)
    assert (second.email, second.questions) == ("", 1)


def test_gong_as_zoom_takes_it():
    talk = read_value({"payload": GONG["calls"][0], "transcript": GONG["callTranscripts"][0]})
    assert talk.speakers == read(GOOD["gong.json"], "x.json").speakers


def test_several_calls_in_one_file():
    value = {"callTranscripts": GONG["callTranscripts"] * 2}
    with pytest.raises(Unreadable, match="callTranscripts has 2 calls"):
        read_value(value)


def test_fireflies():
    talk = read(GOOD["fireflies.json"], "x.json")
    assert (talk.title, talk.at, talk.minutes) == ("Acme demo", NINE, 25.5)
    assert talk.participants == (
        ("", "jane.doe@ridealong.example"),
        ("Tom Roe", "tr@acme.example"),
    )
    assert shown(talk) == [
        (1.2, 3.2, "Jane Doe", "Welcome, Tom."),
        (3.5, 4.5, "Tom Roe", "What does it cost?"),
    ]
    assert [(s.email, s.questions) for s in talk.speakers] == [
        ("jane.doe@ridealong.example", 0),
        ("tr@acme.example", 1),
    ]


def test_otter():
    talk = read(GOOD["otter.json"], "x.json")
    assert (talk.title, talk.at, talk.minutes) == ("Acme call", NINE, 2.0)
    assert shown(talk) == [
        (1.0, 3.0, "Jane Doe", "Hello."),
        (4.0, 5.0, "Speaker 1", "Hi, who is it?"),
    ]


def test_zoom_sorts_what_each_participant_said():
    talk = read(GOOD["zoom.json"], "x.json")
    assert (talk.title, talk.at) == ("Acme renewal", NINE)
    assert [u.text for u in talk.utterances] == ["Hello.", "Hi.", "Bye."]
    assert talk.speakers[0].email == "jane@ridealong.example"
    assert talk.speakers[0].seconds == 2.0


def test_assemblyai_counts_milliseconds():
    talk = read(GOOD["assemblyai.json"], "x.json")
    assert shown(talk) == [
        (0.25, 0.65, "Speaker A", "Hi."),
        (1.0, 3.0, "Speaker B", "Hello, is it you?"),
    ]
    assert talk.minutes == 0.2


def test_assemblyai_without_speakers():
    words = [
        {"text": "Hi", "start": 250, "end": 650, "speaker": None},
        {"text": "there.", "start": 700, "end": 1250, "speaker": None},
    ]
    talk = read_value({**ASSEMBLYAI, "utterances": None, "words": words})
    assert shown(talk) == [(0.25, 1.25, "", "Hi there.")]


@pytest.mark.parametrize("dropped", [(), ("utterances",), ("utterances", "paragraphs")])
def test_deepgram(dropped):
    value = copy.deepcopy(DEEPGRAM)
    if "utterances" in dropped:
        del value["results"]["utterances"]
    if "paragraphs" in dropped:
        del value["results"]["channels"][0]["alternatives"][0]["paragraphs"]
    talk = read_value(value)
    assert talk.at == NINE
    assert shown(talk) == [
        (0.4, 1.4, "Speaker 0", "Four score."),
        (2.0, 3.0, "Speaker 1", "And?"),
    ]
    assert talk.minutes == pytest.approx(19.7 / 60, abs=0.001)


def test_whisper():
    talk = read(GOOD["whisper.json"], "x.json")
    assert shown(talk) == [
        (0.0, 2.0, "", "Hello there."),
        (2.0, 4.0, "SPEAKER_01", "How are you?"),
    ]


def test_any_list_in_seconds_or_milliseconds():
    talk = read(GOOD["generic.json"], "x.json")
    expected = [
        (0.0, 4.0, "Jane Doe", "Hello, Tom, are you there?"),
        (5.0, 6.5, "Tom Roe", "Yes."),
    ]
    assert shown(talk) == expected
    rows = [{"name": s, "start": a * 1000, "end": b * 1000, "text": t} for a, b, s, t in expected]
    assert shown(read_value({"entries": rows})) == expected
    rows = [
        {"name": s, "startMs": a * 1000, "endMs": b * 1000, "text": t} for a, b, s, t in expected
    ]
    assert shown(read_value({"entries": rows})) == expected


def test_times_that_are_moments():
    rows = [
        {"speaker": "Jane", "start": "2026-03-12T09:00:00Z", "text": "Hi."},
        {"speaker": "Tom", "start": "2026-03-12T09:00:10Z", "text": "Hello."},
    ]
    talk = read_value(rows)
    assert talk.at == NINE
    assert [u.start for u in talk.utterances] == [0.0, 10.0]


def test_speakers_as_objects_with_addresses():
    rows = [
        {"speaker": {"name": "Jane", "email": "J@x.example"}, "text": "Hi.", "start": 1, "end": 2},
        {"speaker": "Tom <tom@y.example>", "text": "Hello.", "start": 2, "end": 3},
    ]
    assert [(s.name, s.email) for s in read_value(rows).speakers] == [
        ("Jane", "j@x.example"),
        ("Tom", "tom@y.example"),
    ]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("text", 5, r"segments\[1\]\.text is not text"),
        ("start", "soon", r"segments\[1\]\.start is not a time"),
        ("start", True, r"segments\[1\]\.start is not a time"),
        ("end", [1], r"segments\[1\]\.end is not a time"),
        ("end", 10**400, r"segments\[1\]\.end is not a time"),
    ],
)
def test_the_field_is_named(field, value, message):
    first, second = WHISPER["segments"]
    with pytest.raises(Unreadable, match=message):
        read_value({"segments": [first, {**second, field: value}]})


@pytest.mark.parametrize(
    "value",
    [{}, [], 5, None, [1, 2], {"segments": []}, {"a": "b"}, {"sentences": [5]}, {"words": [[]]},
     {"callTranscripts": [5]}, {"callTranscripts": []}, {"utterances": []}, {"transcript": []}],
)  # fmt: skip
def test_json_that_is_no_transcript(value):
    with pytest.raises(Unreadable):
        read_value(value)
