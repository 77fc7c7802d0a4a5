"""One good file of each format, in the shape in which its recorder writes it."""

from __future__ import annotations

import json
from typing import Any

from tests.sources.transcripts.recorded import (
    ASSEMBLYAI,
    DEEPGRAM,
    FIREFLIES,
    GENERIC,
    GONG,
    OTTER,
    WHISPER,
    ZOOM_PARTICIPANTS,
)

TEAMS = """WEBVTT

0a1b2c3d-1111-4a4a-9b9b-123456789abc/12-0
00:00:03.213 --> 00:00:05.413
<v Jane Doe>Hello Tom, thanks for
joining.</v>

0a1b2c3d-1111-4a4a-9b9b-123456789abc/12-1
00:00:05.413 --> 00:00:07.213
<v Jane Doe>Shall we talk about R&amp;D budget &lt; 5k?</v>

0a1b2c3d-1111-4a4a-9b9b-123456789abc/19-0
00:00:08.000 --> 00:00:10.000
<v Müller &amp; Söhne, Tom>Sure.</v>
"""

ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
Jane Doe: Good morning, can you hear me?

2
00:00:04.500 --> 00:00:06.500
tom_acme: Yes: loud and clear.

3
00:00:07.000 --> 00:00:09.000
Jane Doe: Great.

4
00:00:09.000 --> 00:00:10.000
(somebody coughs)
"""

MEET = """WEBVTT - Weekly sync with Acme
Kind: captions
Language: en

NOTE
Date: 2026-03-12 at 09:04 GMT-8
Attendees: Jane Doe <Jane@Acme.example>, Tom Roe

00:01.000 --> 00:03.000 align:start position:0%
<v.first.loud Jane Doe>Hi <b>all</b>, <i>how</i> are you?

00:03.000 --> 00:05.000
<v Tom Roe>Fine.</v> <v Jane Doe>Good.</v>
"""

SRT = """1
00:00:01,000 --> 00:00:03,500
Jane Doe: Hello there.

2
00:00:03,500 --> 00:00:04,000
And welcome.

3
00:00:04,000 --> 00:00:06,000
Tom Roe: Thanks! What is new?

4
00:00:06,000 --> 00:00:08,000
Jane Doe: A lot.

5
00:00:08,000 --> 00:00:09,000
Really.

6
00:00:09,000 --> 00:00:10,000
Truly.

7
00:00:10,000 --> 00:00:12,000
Tom Roe: Look: that's fine.
"""

CAPTIONS = {"teams.vtt": TEAMS, "zoom.vtt": ZOOM, "meet.vtt": MEET, "call.srt": SRT}
OBJECTS: dict[str, Any] = {
    "gong.json": GONG,
    "fireflies.json": FIREFLIES,
    "otter.json": OTTER,
    "zoom.json": ZOOM_PARTICIPANTS,
    "assemblyai.json": ASSEMBLYAI,
    "deepgram.json": DEEPGRAM,
    "whisper.json": WHISPER,
    "generic.json": GENERIC,
}
GOOD: dict[str, bytes] = {
    **{name: text.encode() for name, text in CAPTIONS.items()},
    **{name: json.dumps(value).encode() for name, value in OBJECTS.items()},
}
