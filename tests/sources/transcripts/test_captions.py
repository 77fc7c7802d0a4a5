"""WebVTT and SRT."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ridealong.sources.transcripts.talk import Unreadable, Utterance, read
from tests.sources.transcripts.samples import GOOD, SRT, TEAMS


def lines(talk):
    return [(utterance.speaker, utterance.text) for utterance in talk.utterances]


def shown(talk):
    return {speaker.name: (speaker.seconds, speaker.questions) for speaker in talk.speakers}


def test_teams():
    talk = read(GOOD["teams.vtt"], "Acme demo-20260312_100000-Meeting Recording.vtt")
    assert talk.title == "Acme demo"
    assert talk.at == datetime(2026, 3, 12, 10, tzinfo=UTC)
    assert talk.utterances == (
        Utterance(
            3.213,
            7.213,
            "Jane Doe",
            "Hello Tom, thanks for joining. Shall we talk about R&D budget < 5k?",
        ),
        Utterance(8.0, 10.0, "Müller & Söhne, Tom", "Sure."),
    )
    assert shown(talk) == {"Jane Doe": (4.0, 1), "Müller & Söhne, Tom": (2.0, 0)}
    assert talk.speakers[0].share == pytest.approx(4 / 6)
    assert talk.speakers[0].words == 12
    assert talk.minutes == pytest.approx(1 / 6, abs=0.001)


def test_a_voice_that_goes_on_in_the_next_cue():
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Jane>One\n\n00:02.000 --> 00:03.000\ntwo</v>\n"
    assert lines(read(text.encode(), "x.vtt")) == [("Jane", "One two")]


def test_zoom():
    talk = read(GOOD["zoom.vtt"], "GMT20260312-090000_Recording.transcript.vtt")
    assert (talk.title, talk.at) == ("", datetime(2026, 3, 12, 9, tzinfo=UTC))
    assert lines(talk) == [
        ("Jane Doe", "Good morning, can you hear me?"),
        ("tom_acme", "Yes: loud and clear."),
        ("Jane Doe", "Great."),
        ("", "(somebody coughs)"),
    ]
    assert shown(talk)["Jane Doe"] == (5.0, 1)
    assert talk.text.startswith("Jane Doe: Good morning, can you hear me?\n")
    assert talk.text.endswith("\n(somebody coughs)")


def test_meet():
    talk = read(GOOD["meet.vtt"], "call.vtt")
    assert talk.title == "Weekly sync with Acme"
    assert talk.at == datetime(2026, 3, 12, 17, 4, tzinfo=UTC)
    assert talk.participants == (("Jane Doe", "jane@acme.example"), ("Tom Roe", ""))
    assert lines(talk) == [
        ("Jane Doe", "Hi all, how are you?"),
        ("Tom Roe", "Fine."),
        ("Jane Doe", "Good."),
    ]
    assert [speaker.email for speaker in talk.speakers] == ["jane@acme.example", ""]
    assert sum(speaker.seconds for speaker in talk.speakers) == pytest.approx(4.0)


def test_srt_where_names_stand_only_when_the_speaker_changes():
    talk = read(SRT.encode(), "call.srt")
    assert lines(talk) == [
        ("Jane Doe", "Hello there. And welcome."),
        ("Tom Roe", "Thanks! What is new?"),
        ("Jane Doe", "A lot. Really. Truly."),
        ("Tom Roe", "Look: that's fine."),
    ]
    assert shown(talk) == {"Jane Doe": (7.0, 0), "Tom Roe": (4.0, 1)}


def test_captions_without_any_name():
    text = "1\n00:00:01,000 --> 00:00:03,000\nhere is the thing: we sell\n\nmore\n\n"
    text += "2\n00:00:03,000 --> 00:00:05,000\nthan you\n"
    talk = read(text.encode(), "call.txt")
    assert lines(talk) == [("", "here is the thing: we sell more than you")]
    assert talk.speakers[0].share == 1.0


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("text", [TEAMS, SRT.replace("Hello", "Grüße")])
def test_encodings_and_line_ends(text, encoding, ending):
    raw = text.replace("\n", ending).encode(encoding)
    assert read(raw, "x") == read(text.encode(), "x")


@pytest.mark.parametrize(
    ("name", "at", "title"),
    [
        ("GMT20260312-090000_Recording_1920x1080.transcript.vtt", (2026, 3, 12, 9, 0), ""),
        ("Sync (2026-03-12 at 09:04 GMT+2) - Transcript.vtt", (2026, 3, 12, 7, 4), "Sync"),
        ("Acme - 2026_03_12 09_59 CET - Recording.vtt", (2026, 3, 12, 8, 59), "Acme"),
        ("calls/2020-01-01/2026-03-12 Acme.en.vtt", (2026, 3, 12, 12, 0), "Acme"),
        ("Acme 2026-13-45.vtt", None, "Acme"),
        ("Acme_Q3.vtt", None, "Acme Q3"),
    ],
)
def test_what_a_name_says(name, at, title):
    talk = read(GOOD["teams.vtt"], name)
    assert (talk.at and talk.at.timetuple()[:5]) == at
    assert talk.title == title


def test_a_vtt_without_its_first_line_and_with_commas():
    text = TEAMS.removeprefix("WEBVTT\n\n")
    assert read(text.encode(), "x") == read(TEAMS.encode(), "x")
    assert read(TEAMS.replace(".213", ",213").encode(), "x") == read(TEAMS.encode(), "x")


def test_the_line_is_named():
    with pytest.raises(Unreadable, match=r"Line 3 should have two times .* not “soon --> later”"):
        read(b"WEBVTT\n\nsoon --> later\nHello\n", "x.vtt")
    with pytest.raises(Unreadable, match="no cue"):
        read(b"WEBVTT\n\nHello\n", "x.vtt")
    with pytest.raises(Unreadable, match="no cue"):
        read(b"1\nHello\n", "x.srt")
