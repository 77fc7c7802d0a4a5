"""What a mail carries: its text, invitations, names of attachments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.message import Message as Part

from ridealong.sources.mail.characters import clean, one_line
from ridealong.sources.mail.headers import decoded
from ridealong.sources.mail.markup import as_text
from ridealong.sources.mail.structure import children, text_of

MAX_PARTS = 1_000
MAX_ATTACHMENTS = 100
MAX_INVITATIONS = 20
MAX_INVITATION = 200_000
_LONGEST_BODY = 400_000
_CALENDARS = {"text/calendar", "application/ics"}
_LETTER = re.compile(r"\w")
_SOFT_BREAK = re.compile(r"^(?!>)(?!-- $)(.*) \n(?=[^>\n])(?!-- ?$)", re.MULTILINE)


@dataclass(slots=True)
class Contents:
    """What was found in the parts of a mail."""

    body: str = ""
    attachments: list[str] = field(default_factory=list)
    invitations: list[str] = field(default_factory=list)
    delivery_report: bool = False
    inner_mail: bool = False


def contents(mail: Part) -> Contents:
    """Return what a mail carries."""
    found = Contents()
    for part in _parts(mail):
        _note(found, part)
    found.body = "\n\n".join(filter(None, _bodies(mail)))[:_LONGEST_BODY]
    found.attachments = list(dict.fromkeys(filter(None, found.attachments)))[:MAX_ATTACHMENTS]
    found.invitations = list(dict.fromkeys(found.invitations))[:MAX_INVITATIONS]
    return found


def _parts(mail: Part) -> list[Part]:
    """Return the parts in order; what is inside an attached mail belongs to that mail."""
    found: list[Part] = []
    waiting = [mail]
    while waiting and len(found) < MAX_PARTS:
        part = waiting.pop()
        found.append(part)
        if part.get_content_maintype() == "multipart":
            waiting.extend(reversed(children(part)))
    return found


def _note(found: Contents, part: Part) -> None:
    kind = part.get_content_type()
    if kind in _CALENDARS and len(found.invitations) < MAX_INVITATIONS:
        text = clean(text_of(part)).strip()
        # Half an invitation says nothing.
        if text and len(text) <= MAX_INVITATION:
            found.invitations.append(text)
    found.delivery_report |= kind == "message/delivery-status"
    found.inner_mail |= kind == "message/rfc822"
    if kind == "message/rfc822" or not _shown(part, kind):
        found.attachments.append(_name(part))


def _shown(part: Part, kind: str) -> bool:
    """Say whether a part is in the text: words, or a picture of a signature."""
    if part.is_multipart() or kind.startswith("multipart/"):
        return True
    if _attached(part):
        return False
    if kind.startswith("image/"):
        return "content-id" in part
    return kind in {"text/plain", "text/html"} and not _name(part)


def _attached(part: Part) -> bool:
    return str(part.get("content-disposition", "")).strip().lower().startswith("attachment")


def _name(part: Part) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, TypeError, LookupError):
        # Parameters continued over several pieces can be continued wrongly.
        name = ""
    if not name and part.get_content_type() == "message/rfc822":
        subjects = [str(inner.get("subject", "")) for inner in children(part)[:1]]
        name = f"{subjects[0]}.eml" if subjects and subjects[0] else ""
    return one_line(re.split(r"[/\\]", decoded(name))[-1], 200)


def _bodies(part: Part) -> list[str]:
    kind = part.get_content_type()
    if kind == "multipart/alternative" and part.is_multipart():
        inside = (_bodies(inner) for inner in sorted(children(part), key=_is_rich))
        return next((texts for texts in inside if _LETTER.search("".join(texts))), [])
    if kind.startswith("multipart/") and part.is_multipart():
        return [text for inner in children(part) for text in _bodies(inner)]
    if _attached(part) or _name(part):
        return []
    if kind == "text/html":
        return [as_text(text_of(part))]
    # A multipart without its boundary is still something to read.
    if kind == "text/plain" or kind.startswith("multipart/"):
        return [_flowed(part, clean(text_of(part)[:_LONGEST_BODY])).strip("\n")]
    return []


def _is_rich(part: Part) -> bool:
    """Sort last what is not plain: its own writer's program made the safest text of it."""
    return part.get_content_type() != "text/plain"


def _flowed(part: Part, text: str) -> str:
    """Join the lines that were broken only for the width of a screen."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    delete = str(part.get_param("delsp", "")).lower() == "yes"
    return _SOFT_BREAK.sub(r"\1" if delete else r"\1 ", text)
