"""Handing a message to the mail server, and telling what it said.

Until the message itself goes over the line nothing has happened, and it may be tried again. What
the server answers then counts. Only where the line breaks between the two nobody can tell.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import NoReturn

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from ridealong.lib.again import Refused, TryAgain

MAYBE = (
    "The mail server had the mail and the line broke before it answered, so it may have arrived. "
    "It is not sent twice by itself: send it again where it has not."
)


PATIENCE = 300.0
"""Seconds that a server may take to look a mail through before it answers (RFC 5321, 4.5.3.2.6)."""


class Unanswered(Exception):
    """The message went over the line, and no answer came."""


def deliver(message: EmailMessage, handing_over: Callable[[], None]) -> None:
    """Send a message to the one address it is to.

    ``handing_over`` is called just before the message goes over the line. Raises ``TryAgain``
    where it may work later, ``Refused`` where a person has to do something, ``Unanswered``.
    """
    whole = message.as_bytes()
    with _line() as smtp:
        _ask(smtp, message)
        handing_over()
        if smtp.sock is not None:
            smtp.sock.settimeout(PATIENCE)
        try:
            answer = smtp.data(whole)
        except smtplib.SMTPDataError as error:
            _answered(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPException, OSError) as error:
            raise Unanswered from error
        if answer[0] != 250:
            _answered(*answer)


def _ask(smtp: smtplib.SMTP, message: EmailMessage) -> None:
    """Tell from whom and to whom, which commits to nothing."""
    people = (message["From"], message["To"])
    who, whom = (header.addresses[0].addr_spec for header in people)
    try:
        smtp.ehlo_or_helo_if_needed()
        for code, said in (smtp.mail(who), smtp.rcpt(whom)):
            if code not in {250, 251}:
                _answered(code, said)
    except (smtplib.SMTPException, OSError) as error:
        raise TryAgain(f"The mail server broke off: {_kind(error)}.") from error


@contextmanager
def _line() -> Iterator[smtplib.SMTP]:
    """Open the line and sign in, as the settings say."""
    backend = EmailBackend(timeout=settings.EMAIL_TIMEOUT)
    try:
        _open(backend)
        if backend.connection is None:
            raise TryAgain("The mail server cannot be reached.")
        yield backend.connection
    finally:
        # What the server says to a farewell changes nothing.
        backend.fail_silently = True
        backend.close()


def _open(backend: EmailBackend) -> None:
    try:
        backend.open()
    except smtplib.SMTPAuthenticationError as error:
        # Its words may repeat what was sent to it.
        if error.smtp_code // 100 == 4:
            raise TryAgain(f"The mail server lets nobody in now ({error.smtp_code}).") from None
        raise Refused(
            f"The mail server does not accept the login or password ({error.smtp_code}): "
            "mend EMAIL_URL and start Ridealong again."
        ) from None
    except smtplib.SMTPNotSupportedError as error:
        raise Refused(f"The mail server cannot do what EMAIL_URL asks for: {error}") from error
    except ssl.SSLError as error:
        raise Refused(
            f"The line to the mail server cannot be encrypted: {error.reason or _kind(error)}. "
            "Try another beginning of EMAIL_URL, or another name of the server."
        ) from error
    except smtplib.SMTPResponseException as error:
        _answered(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        raise TryAgain(f"The mail server cannot be reached: {_kind(error)}.") from error


def _answered(code: int, said: bytes | str) -> NoReturn:
    """Raise what a refusal means: 4xx may pass, 5xx does not."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    text = f"The mail server says: {code} {' '.join(words.split())[:200]}"
    if code // 100 == 5:
        raise Refused(text)
    raise TryAgain(text)


def _kind(error: Exception) -> str:
    """What went wrong, in few words and without anything that was sent."""
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "it does not answer in time"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "the line broke"
    strerror = getattr(error, "strerror", None)
    return str(strerror or type(error).__name__)
