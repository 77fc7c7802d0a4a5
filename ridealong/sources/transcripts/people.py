"""Names and addresses of those who took part."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ridealong.sources.transcripts.characters import MAX_NAME, one_line

MAX_PEOPLE = 500
_EMAIL = re.compile(r"[^\s@<>()\[\]\",;:]{1,64}@[^\s@<>()\[\]\",;:]{1,190}")
_NAMES: tuple[str, ...] = (
    "name",
    "displayName",
    "display_name",
    "fullName",
    "full_name",
    "speaker_name",
)
_NAMES += ("speakerName", "user_name", "username")
_EMAILS = ("email", "emailAddress", "email_address", "user_email", "mail")
_IDS = ("speakerId", "speaker_id", "id", "userId", "user_id")


def person(text: str) -> tuple[str, str]:
    """Return the name and the address in such as "Jane Doe <jane@acme.example>"."""
    text = one_line(text[:2000])
    found = _EMAIL.search(text)
    if not found:
        return text[:MAX_NAME], ""
    name = one_line(f"{text[: found.start()]} {text[found.end() :]}".strip(' <>()[]",;:'))
    email = found[0].lower()
    return (name[:MAX_NAME] or email), email


def entry(value: Any) -> tuple[str, str]:
    """Return the name and the address in an entry of a list of people."""
    if isinstance(value, str):
        name, email = person(value)
        return ("" if name == email else name), email
    if not isinstance(value, dict):
        return "", ""
    name, email = person(_first(value, _NAMES))
    if not name:
        name = one_line(f"{_first(value, ('firstName',))} {_first(value, ('lastName',))}")
    address = person(_first(value, _EMAILS))[1] or email
    return ("" if name == address else name[:MAX_NAME]), address


def ids(value: Any) -> list[str]:
    """Return the numbers and keys by which other parts of a file name a person."""
    if not isinstance(value, dict):
        return []
    found = (value.get(key) for key in _IDS)
    return [str(key)[:100] for key in found if type(key) in (str, int) and key != ""]


def each_once(people: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return people without repetition, those without any name or address left out."""
    found = dict.fromkeys(someone for someone in people if any(someone))
    return tuple(found)[:MAX_PEOPLE]


class Addresses:
    """Whose address is whose, among people as (name, email)."""

    def __init__(self, people: Iterable[tuple[str, str]]) -> None:
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._by_address: dict[str, set[str]] = defaultdict(set)
        for name, email in people:
            if email:
                self._by_name[_letters(name)].add(email)
                self._by_address[_letters(email.partition("@")[0])].add(email)

    def of(self, name: str) -> str:
        """Return the address of the only one of that name, "" where it is nobody's."""
        wanted = _letters(name)
        found = self._by_name.get(wanted, set()) if wanted else set()
        if not found and " " in name:
            # Attendees often come as addresses alone: jane.doe@acme.example is Jane Doe's.
            found = self._by_address.get(wanted, set())
        return next(iter(found)) if len(found) == 1 and wanted else ""


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in plain if character.isalpha())


def _first(value: dict[str, Any], keys: Iterable[str]) -> str:
    return next((value[key] for key in keys if isinstance(value.get(key), str) and value[key]), "")
