"""What kind of mail it is: written by a machine, come back, passed on."""

from __future__ import annotations

import re

from ridealong.sources.mail.headers import Headers

_ABSENT = re.compile(
    r"\W*(automatic reply|auto(matische)?[ -]?(reply|antwort|svar)|out of (the )?office|"
    r"abwesenheits(notiz|nachricht|meldung)|abwesend|réponse automatique|absence du bureau|"
    r"respuesta automática|fuera de la oficina|risposta automatica|automatisch antwoord|"
    r"afwezigheid|resposta automática|autosvar|automatiskt svar|automaattinen vastaus|"
    r"odpowiedź automatyczna|automatická odpověď)\b",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"\s*(fwd?|wg|wtr|tr|rv|rif|vb|vs|vl|enc|doorst|pd|i|переслано)\s*(\[\d+\])?\s*:", re.IGNORECASE
)
_DAEMON = re.compile(r"(mailer-daemon|mail-daemon|postmaster|double-bounce)@")


def automatic(headers: Headers, subject: str) -> bool:
    """Say whether a machine sent the mail, or sent it to many."""
    submitted = headers.first("auto-submitted").lower()
    return (
        (submitted != "" and not submitted.startswith("no"))
        or headers.first("precedence").lower() in {"bulk", "list", "junk", "auto_reply"}
        or any(name in headers for name in ("list-id", "list-unsubscribe", "x-autoreply"))
        or "multipart/report" in headers.first("content-type").lower()
        or _ABSENT.match(subject) is not None
    )


def bounce(headers: Headers, subject: str, email: str, report: bool) -> bool:
    """Say whether the mail reports that another could not be delivered."""
    if report or _DAEMON.match(email):
        return True
    # Who is out of office answers without a return path as well.
    answered = headers.first("auto-submitted").lower().startswith("auto-replied")
    nowhere = headers.first("return-path").replace(" ", "") == "<>"
    return nowhere and not answered and not _ABSENT.match(subject)


def passed_on(subject: str) -> bool:
    """Say whether the subject is one of a forwarded mail."""
    return _FORWARDED.match(subject) is not None
