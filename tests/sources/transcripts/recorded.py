"""JSON of each recorder, in the shape in which it writes it."""

from __future__ import annotations

from typing import Any

GONG: dict[str, Any] = {
    "requestId": "4al018gzaztcr8nbukw",
    "calls": [
        {
            "metaData": {
                "id": "7782342274025937895",
                "title": "Acme: discovery",
                "scheduled": "2026-03-12T09:00:00Z",
                "started": "2026-03-12T10:02:00+01:00",
                "duration": 1800,
            },
            "parties": [
                {
                    "id": "56825452554556",
                    "emailAddress": "Jane@Ridealong.example",
                    "name": "Jane Doe",
                    "speakerId": "6432345678555530067",
                    "affiliation": "Internal",
                    "methods": ["Invitee", "Attendee"],
                },
                {"id": "9", "name": "Tom Roe", "speakerId": None, "methods": ["Invitee"]},
            ],
        }
    ],
    "callTranscripts": [
        {
            "callId": "7782342274025937895",
            "transcript": [
                {
                    "speakerId": "6432345678555530067",
                    "topic": "Objections",
                    "sentences": [
                        {"start": 460_230, "end": 462_230, "text": "No wait, I think"},
                        {"start": 462_230, "end": 464_230, "text": "we should check that out."},
                    ],
                },
                {
                    "speakerId": "1234567890123456789",
                    "topic": None,
                    "sentences": [{"start": 465_000, "end": 466_000, "text": "Why?"}],
                },
            ],
        }
    ],
}

FIREFLIES: dict[str, Any] = {
    "data": {
        "transcript": {
            "id": "abc",
            "title": "Acme demo",
            "date": 1773306000000,
            "dateString": "2026-03-12T09:00:00.000Z",
            "duration": 25.5,
            "organizer_email": "jane.doe@ridealong.example",
            "meeting_attendees": [
                {"displayName": None, "email": "jane.doe@ridealong.example", "name": None},
                {"displayName": "Tom Roe", "email": "TR@acme.example", "name": None},
            ],
            "speakers": [{"id": 0, "name": "Jane Doe"}, {"id": 1, "name": "Tom Roe"}],
            "sentences": [
                {
                    "index": 0,
                    "speaker_name": "Jane Doe",
                    "speaker_id": 0,
                    "text": "Welcome, Tom.",
                    "raw_text": "welcome tom",
                    "start_time": 1.2,
                    "end_time": 3.2,
                },
                {
                    "index": 1,
                    "speaker_name": None,
                    "speaker_id": 1,
                    "text": "What does it cost?",
                    "raw_text": "what does it cost",
                    "start_time": 3.5,
                    "end_time": 4.5,
                },
            ],
        }
    }
}

OTTER: dict[str, Any] = {
    "status": "OK",
    "speech": {
        "title": "Acme call",
        "start_time": 1773306000,
        "duration": 120,
        "speakers": [{"id": 77001, "speaker_name": "Jane Doe"}],
        "transcripts": [
            {"start_offset": 16_000, "end_offset": 48_000, "speaker_id": 77001,
             "transcript": "Hello."},
            {"start_offset": 64_000, "end_offset": 80_000, "speaker_id": 77002,
             "transcript": "Hi, who is it?"},
        ],
    },
}  # fmt: skip

ZOOM_PARTICIPANTS: dict[str, Any] = {
    "conversation_id": "x",
    "topic": "Acme renewal",
    "start_time": "2026-03-12T09:00:00Z",
    "participants": [
        {
            "display_name": "Jane Doe",
            "email": "jane@ridealong.example",
            "transcripts": [
                {"text": "Hello.", "start_time": "00:00:01.000", "end_time": "00:00:02.000"},
                {"text": "Bye.", "start_time": "00:01:01.000", "end_time": "00:01:02.000"},
            ],
        },
        {
            "display_name": "Tom Roe",
            "transcripts": [
                {"text": "Hi.", "start_time": "00:00:03.000", "end_time": "00:00:04.000"},
            ],
        },
    ],
}

ASSEMBLYAI: dict[str, Any] = {
    "id": "6rlr37c136",
    "status": "completed",
    "audio_duration": 12,
    "text": "Hi. Hello, is it you?",
    "words": [{"text": "Hi.", "start": 250, "end": 650, "confidence": 0.97, "speaker": "A"}],
    "utterances": [
        {"speaker": "A", "start": 250, "end": 650, "text": "Hi.", "confidence": 0.97},
        {"speaker": "B", "start": 1000, "end": 3000, "text": "Hello, is it you?"},
    ],
}

DEEPGRAM: dict[str, Any] = {
    "metadata": {"created": "2026-03-12T09:00:00.000Z", "duration": 19.7, "channels": 1},
    "results": {
        "channels": [
            {
                "alternatives": [
                    {
                        "transcript": "Four score. And?",
                        "words": [
                            {"word": "four", "start": 0.4, "end": 0.8, "speaker": 0,
                             "punctuated_word": "Four"},
                            {"word": "score", "start": 0.8, "end": 1.4, "speaker": 0,
                             "punctuated_word": "score."},
                            {"word": "and", "start": 2.0, "end": 3.0, "speaker": 1,
                             "punctuated_word": "And?"},
                        ],
                        "paragraphs": {
                            "transcript": "\nFour score. And?",
                            "paragraphs": [
                                {"sentences": [{"text": "Four score.", "start": 0.4, "end": 1.4}],
                                 "speaker": 0, "num_words": 2, "start": 0.4, "end": 1.4},
                                {"sentences": [{"text": "And?", "start": 2.0, "end": 3.0}],
                                 "speaker": 1, "num_words": 1, "start": 2.0, "end": 3.0},
                            ],
                        },
                    }
                ]
            }
        ],
        "utterances": [
            {"start": 0.4, "end": 1.4, "channel": 0, "transcript": "Four score.", "speaker": 0},
            {"start": 2.0, "end": 3.0, "channel": 0, "transcript": "And?", "speaker": 1},
        ],
    },
}  # fmt: skip

WHISPER: dict[str, Any] = {
    "text": " Hello there. How are you?",
    "language": "en",
    "segments": [
        {"id": 0, "seek": 0, "start": 0.0, "end": 2.0, "text": " Hello there.", "tokens": [1]},
        {"id": 1, "seek": 0, "start": 2.0, "end": 4.0, "text": " How are you?",
         "speaker": "SPEAKER_01"},
    ],
}  # fmt: skip

GENERIC: list[dict[str, Any]] = [
    {"speaker": "Jane Doe", "start": 0, "end": 4, "text": "Hello, Tom, are you there?"},
    {"speaker": "Tom Roe", "start": "0:05", "end": "0:06.5", "text": "Yes."},
]
