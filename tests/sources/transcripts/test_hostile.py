"""Files that somebody broke, or made to break us."""

from __future__ import annotations

import json

import pytest

from ridealong.sources.transcripts.talk import MAX_BYTES, MAX_TEXT, Unreadable, read
from tests.sources.transcripts.promises import outcome
from tests.sources.transcripts.samples import SRT, TEAMS

CUE = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "empty"),
        (b" \n\0\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"x" * (MAX_BYTES + 1), "larger than 20 MB"),
        (b"Hello", "no transcript"),
        (b"PK\x03\x04....", "a Word document"),
        (b'{"segments": [\n{"start": NaN}]}', "Line 2 has NaN where a number belongs"),
        (b'[{"text": "a", "end": -Infinity}]', "Line 1 has -Infinity"),
        (b'[{"text": "a", "end": 1e999}]', "end is not a time"),
        (b'{"a":\n\n]', "Line 3 is no JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b'[{"text": "a", "end": ' + b"1" * 5000 + b"}]", "thousands of digits"),
    ],
)
def test_unreadable(raw, message):
    with pytest.raises(Unreadable, match=message):
        read(raw, "x.bin")


def test_zeros_are_dropped():
    assert read(TEAMS.replace("Hello", "He\0llo").encode(), "x") == read(TEAMS.encode(), "x")
    talk = read(b'[{"text": "a\\u0000b\\ud800", "speaker": "J\\u0000"}]', "x")
    assert talk.text == "Speaker J: ab"


def test_tags_are_dropped():
    text = f'{CUE}<script src="x">a</script> <font color="red">b</font> <00:00:00.500><c>c</c> 1<2'
    assert read(text.encode(), "x").text == "a b c 1<2"


def rows(*entries):
    return json.dumps(
        [{"speaker": s, "start": a, "end": b, "text": "one two three"} for s, a, b in entries]
    ).encode()


def seconds(raw):
    return {speaker.name: speaker.seconds for speaker in read(raw, "x.json").speakers}


def test_negative_times():
    assert seconds(rows(("Jane", -5, 2.0), ("Tom", -5, -2))) == {"Jane": 2.0, "Tom": 1.2}
    text = "1\n-00:00:05,000 --> 00:00:02,000\nHello.\n"
    assert read(text.encode(), "x").utterances[0].start == 0.0
    assert read(f"WEBVTT\n\n{text[2:]}".encode(), "x").utterances[0].end == 2.0


def test_times_that_end_before_they_begin_count_as_missing():
    assert seconds(rows(("Jane", 9.0, 2.0), ("Tom", 9.0, 9.0))) == {"Jane": 1.2, "Tom": 1.2}
    assert seconds(rows(("Jane", None, None))) == {"Jane": 1.2}


def test_overlaps_count_once_for_one_speaker_and_for_each_of_two():
    entries = (("Jane", 0, 10.0), ("Jane", 5, 12.0), ("Tom", 6, 8.0))
    assert seconds(rows(*entries)) == {"Jane": 12.0, "Tom": 2.0}


def test_cues_that_go_backward():
    text = "1\n00:00:10,000 --> 00:00:12,000\nJane: a\n\n2\n00:00:01,000 --> 00:00:02,000\nTom: b\n"
    talk = read(text.encode(), "x")
    assert [u.start for u in talk.utterances] == [10.0, 10.0]
    assert all(u.end >= u.start for u in talk.utterances)
    assert {s.name: s.seconds for s in talk.speakers} == {"Jane": 2.0, "Tom": 1.0}


def test_times_of_many_years():
    talk = read(rows(("Jane", 0, 1e300)), "x.json")
    assert talk.minutes == 48 * 60
    text = f"{CUE}a\n\n9999:99:99.999 --> 9999:99:99.999\nb\n"
    assert read(text.encode(), "x").minutes <= 48 * 60 + 1


def test_nothing_said():
    talk = read(CUE.encode() + b"<b></b>\n", "x")
    assert (talk.speakers, talk.utterances, talk.text) == ((), (), "")
    assert talk.minutes == pytest.approx(1 / 60, abs=0.001)


def test_text_is_cut():
    assert len(read(CUE.encode() + b"word " * 100_000, "x").text) == MAX_TEXT


LONG = 300_000


@pytest.mark.parametrize(
    "text",
    [
        CUE + "<v " * LONG,
        CUE + "<v" + " " * LONG,
        CUE + "-" * LONG,
        CUE + "?" * LONG + "x",
        CUE + "!?" * LONG + "x",
        CUE + "a" * LONG + ":",
        CUE + "&#" + "1" * LONG + ";",
        CUE + "&" * LONG,
        CUE + "a.b" * LONG,
        CUE + "a@" * LONG,
        CUE + "<v " + "a@" * LONG + ">x",
        "WEBVTT\n\n" + "0" * LONG + ":00:00.000 --> 00:00:01.000\na",
        "WEBVTT\n" + "-->\n" * 100_000,
        "1\n00:00:00,000 --> 00:00:01,000\n" + "\n" * LONG + "1" * LONG,
        "1\n00:00:00,000 --> 00:00:01,000\n" + "1\n" * LONG,
        "\n" * LONG + "1" * LONG,
        '{"a":' + " " * LONG,
        '[{"text":"' + "what ? " * 50_000 + '"}]',
        '[{"text":"a","speaker":"' + "a" * LONG + '","start":"' + "1" * LONG + '"}]',
        f"[{'[],' * 100_000}[]]",
    ],
    ids=lambda text: text[-30:].encode("unicode_escape").decode(),
)
def test_nothing_takes_long(text):
    # Any quadratic work would take many minutes.
    outcome(text.encode(), "x.vtt")


def test_names_of_any_kind():
    for name in ("", "/", ".", "." * 100_000, ".vtt" * 100_000, "\0\n\ud800", "2026" * 9):
        assert outcome(TEAMS.encode(), name)


def test_srt_is_the_same_with_each_cue_again():
    once, twice = read(SRT.encode(), "x"), read(f"{SRT}\n{SRT}".encode(), "x")
    assert [s.seconds for s in once.speakers] == [s.seconds for s in twice.speakers]
