"""A letter as a message: plain text, HTML for light and dark, and what a calendar reads."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from css_inline import CSSInliner
from django.conf import settings
from django.template.loader import render_to_string

from ridealong.faces.mail.letters import CalendarPart, Letter
from ridealong.record.directory import organisation

# Rules for dark screens cannot stand in an element: they stay in the head.
_inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def sender() -> tuple[str, str]:
    """Return the (name, address) that mail comes from."""
    name, email = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return name or "Ridealong", email


def html(letter: Letter) -> str:
    """Return a letter as HTML whose styles stand where mail programs read them."""
    return str(_inliner.inline(render_to_string("letters/letter.html", _values(letter))))


def plain(letter: Letter) -> str:
    """Return a letter as plain text."""
    return render_to_string("letters/letter.txt", _values(letter))


def message(letter: Letter, *, number: str, at: datetime) -> EmailMessage:
    """Return a letter as it is sent. ``number``: what makes its Message-ID its own."""
    name, email = sender()
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(one_line(name), addr_spec=email)
    made["To"] = Address(one_line(letter.name), addr_spec=letter.email)
    made["Subject"] = one_line(letter.subject)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = f"<ridealong.{number}@{email.rpartition('@')[2]}>"
    # So that nobody's out-of-office answers, and no mailbox takes it for a conversation.
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "All"
    if letter.unsubscribe:
        # What lets mail programs offer to stop them with one tap (RFC 8058).
        made["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(plain(letter))
    made.add_alternative(html(letter), subtype="html")
    if letter.calendar is not None:
        _add_calendar(made, letter.calendar)
    for file in letter.files:
        made.add_attachment(
            file.content, maintype="application", subtype=file.kind, filename=file.name
        )
    return made


def _add_calendar(made: EmailMessage, part: CalendarPart) -> None:
    """Add an invitation twice: Outlook and Gmail read the part, others offer the file."""
    parameters = {"method": part.method}
    made.add_alternative(part.content.decode(), subtype="calendar", params=parameters)
    made.add_attachment(part.content, maintype="application", subtype="ics", filename="invite.ics")


def one_line(text: str) -> str:
    """Return a text without line ends and other signs that a header may not hold."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _values(letter: Letter) -> dict[str, object]:
    return {"letter": letter, "company": organisation()}
