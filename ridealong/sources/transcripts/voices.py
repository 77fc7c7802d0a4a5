"""Who says what in the text of cues."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from ridealong.sources.transcripts.characters import MAX_NAME, one_line

# A tag begins right after the bracket: "5 < 6" is no tag.
_TAG = re.compile(r"<[/!A-Za-z0-9][^<>]*>")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]([^<>]*)>|(</v>)")
_LABEL = re.compile(r"(?:[-–>]{1,3}\s{0,3})?\[?([^\[\]:<>\s][^\[\]:<>]{0,59})\]?\s?:(?:\s+|$)")
_NO_CHARACTER = re.compile(r"&#\d{8,};?")  # html.unescape takes no number of thousands of digits
_WORDS_OF_A_NAME = 6
_SMALL_WORD = re.compile(r"[a-zà-ÿ'’]{1,4}$")


def plain(text: str) -> str:
    """Return the text of a cue without tags, on one line."""
    return one_line(html.unescape(_NO_CHARACTER.sub("", _TAG.sub("", text))))


def spoken(cues: Iterable[str]) -> list[list[tuple[str, str]]]:
    """Return (speaker, words) for each cue: by voice tags, else by names before a colon."""
    cues = list(cues)
    if any(match[1] for cue in cues for match in _VOICE.finditer(cue)):
        return _by_voices(cues)
    return _by_labels([[plain(line) for line in cue.splitlines()] for cue in cues])


def _by_voices(cues: list[str]) -> list[list[tuple[str, str]]]:
    spoken_by_cue, left_open = [], ""
    for cue in cues:
        first = _VOICE.search(cue)
        # A cue that only closes a voice goes on with the one that an earlier cue opened.
        voice = left_open if first and first[2] else ""
        parts, position = [], 0
        for match in _VOICE.finditer(cue):
            parts.append((voice, plain(cue[position : match.start()])))
            voice = plain(match[1])[:MAX_NAME] if match[1] else ""
            position = match.end()
        parts.append((voice, plain(cue[position:])))
        left_open = voice
        spoken_by_cue.append([part for part in parts if part[1]])
    return spoken_by_cue


def _by_labels(cues: list[list[str]]) -> list[list[tuple[str, str]]]:
    found = [[_LABEL.match(line) for line in lines] for lines in cues]
    counted = Counter(match[1].strip() for matches in found for match in matches if match)
    mostly = 4 * sum(any(matches) for matches in found) >= 3 * len(cues)
    names = {label for label, times in counted.items() if _is_name(label, times, mostly=mostly)}
    spoken_by_cue, speaker = [], ""
    for lines, matches in zip(cues, found, strict=True):
        # Where nearly every cue has a name, one without is nobody's; where few have one, names
        # stand only where the speaker changes.
        speaker = "" if mostly else speaker
        parts: list[tuple[str, str]] = []
        for line, match in zip(lines, matches, strict=True):
            words = line
            if match and match[1].strip() in names:
                speaker, words = match[1].strip(), line[match.end() :]
            parts.append((speaker, words))
        spoken_by_cue.append(list(_joined(parts)))
    return spoken_by_cue


def _joined(parts: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for speaker, lines in groupby(parts, key=lambda part: part[0]):
        if words := one_line(" ".join(line for _, line in lines)):
            yield speaker, words


def _is_name(label: str, times: int, *, mostly: bool) -> bool:
    words = label.split()
    if len(words) > _WORDS_OF_A_NAME or label.endswith((",", ";", "?", "!")):
        return False
    # Names have capitals, but for words such as "van" and "de"; scripts without case have none.
    named = not words[0][0].islower() and not any(
        word[0].islower() and not _SMALL_WORD.match(word) for word in words
    )
    if mostly:
        return named or times > 1 or len(words) == 1
    return named and (times > 1 or len(words) > 1)
