"""How many questions a text asks, and how many words it has."""

from __future__ import annotations

import re

# "example.com?page=2" asks nothing; full-width and Arabic marks need no space after them.
_MARK = re.compile(r"(?<![?!])[?!]++[\"'”’»)\]]*+(?=\s|$)|[\uff1f\u061f]++")
_PUNCTUATION = re.compile(r"[?!…\u3002\uff1f\uff01\u061f]|\.(?=\s|$)")
_WORD = re.compile(r"\w+(?:['’.@&-]\w+)*")
_FIRST = (
    # English
    "who|whom|whose|what|what's|when|where|why|how|which"
    # German
    "|wer|wem|wen|wessen|was|wann|wo|wohin|woher|wofür|womit|worum|wie|wieso|weshalb|warum"
    "|welche|welcher|welches|welchen|welchem|wieviel|wieviele"
    # French
    "|qui|quoi|quand|où|comment|pourquoi|combien|quel|quelle|quels|quelles|est-ce|qu'est-ce"
    # Spanish, where the accent tells a question
    "|qué|quién|quiénes|cuándo|dónde|adónde|cómo|cuánto|cuánta|cuántos|cuántas|cuál|cuáles|por qué"
)
_BEFORE = "so|and|but|okay|ok|well|und|also|aber|ja|et|alors|mais|y|pero|bueno|entonces"
_QUESTION = re.compile(rf"(?:(?:{_BEFORE})\s+){{0,2}}(?:{_FIRST})(?![\w'])", re.IGNORECASE)


def is_punctuated(text: str) -> bool:
    """Say whether whoever wrote the text ends sentences."""
    return bool(_PUNCTUATION.search(text))


def questions_in(text: str, *, punctuated: bool) -> int:
    """Count questions: by their marks, else by the word with which a sentence begins."""
    if punctuated:
        return sum(mark.strip("!\"'”’»)]") != "" for mark in _MARK.findall(text))
    return int(bool(_QUESTION.match(text.replace("’", "'"))))


def words_in(text: str) -> int:
    """Count words."""
    return len(_WORD.findall(text))
