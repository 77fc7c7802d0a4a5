"""What holds for any file."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.sources.transcripts.promises import outcome
from tests.sources.transcripts.samples import GOOD

names = st.sampled_from(["x.vtt", "x.srt", "x.json", "GMT20260312-090000_x.vtt", "x"])
beginnings = st.sampled_from(
    [
        b"",
        b"WEBVTT\n\n",
        b"{",
        b"[",
        b"WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n",
        b"\xff\xfe",
        b"1\n",
    ]
)


@given(beginnings, st.binary(max_size=400), names)
def test_any_bytes(beginning, rest, name):
    assert outcome(beginning + rest, name) == outcome(beginning + rest, name)


@given(st.sampled_from(sorted(GOOD)), st.data())
def test_good_files_with_bytes_changed(name, data):
    raw = bytearray(GOOD[name])
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(raw)))
        length = data.draw(st.integers(0, 12))
        raw[place : place + length] = data.draw(st.binary(max_size=6))
    assert outcome(bytes(raw), name) == outcome(bytes(raw), name)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)


@given(st.sampled_from(sorted(n for n in GOOD if n.endswith(".json"))), st.data())
def test_good_json_with_any_field_changed(name, data):
    value = json.loads(GOOD[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = value
        while True:
            keys = sorted(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = data.draw(st.sampled_from(keys))
            inner = place[key]
            if isinstance(inner, dict | list) and inner and data.draw(st.booleans()):
                place = inner
                continue
            place[key] = data.draw(values)
            break
    outcome(json.dumps(value).encode(), name)


times = st.none() | st.floats(-1e6, 1e6) | st.integers(-100, 10**12)
entries = st.fixed_dictionaries(
    {
        "speaker": st.none() | st.sampled_from(["Jane", "jane", "Tom", 7]) | st.text(max_size=5),
        "start": times,
        "end": times,
        "text": st.sampled_from(["", "one", "one two?", "¿qué tal?", "…"]) | st.text(max_size=20),
    }
)


@given(st.lists(entries, max_size=8))
def test_any_entries(found):
    talk = outcome(json.dumps(found).encode(), "x.json")
    assert found or isinstance(talk, str)
