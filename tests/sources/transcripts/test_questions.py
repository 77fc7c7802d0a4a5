"""Questions and words."""

from __future__ import annotations

import json

import pytest

from ridealong.sources.transcripts.talk import read


def asked(*texts):
    raw = json.dumps([{"speaker": "Jane", "text": text} for text in texts]).encode()
    (speaker,) = read(raw, "x.json").speakers
    return speaker.questions


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Is it? Yes. Really?!", 2),
        ("What???", 1),
        ("What a day. Who knows.", 0),
        ("See example.com?page=2 now.", 0),
        ("“Why?” he said.", 1),
        ("Ça va ? Oui.", 1),
        ("¿Qué tal? Bien.", 1),
        ("いくらですか\uff1f高いです。", 1),
        ("Stop!", 0),
    ],
)
def test_marks(text, questions):
    assert asked(text) == questions


@pytest.mark.parametrize(
    "text",
    ["what does it cost", "So how do you do that", "what's new", "wer entscheidet das",
     "und wie viel kostet es", "Warum", "combien ça coûte", "qu’est-ce que c'est",
     "où sommes nous", "cuánto cuesta", "y por qué no", "cómo funciona"],
)  # fmt: skip
def test_question_words_where_nothing_is_punctuated(text):
    assert asked(text) == 1
    assert asked(text, "whatever you say", "we know who did it", "wir wissen wer") == 1
    assert asked(text, "That is all.") == 0


def test_words():
    raw = json.dumps([{"speaker": "Jane", "text": "Don't – it's 3.5 % of jane@x.example, no?"}])
    (speaker,) = read(raw.encode(), "x.json").speakers
    assert speaker.words == 6
    assert speaker.seconds == 2.4
