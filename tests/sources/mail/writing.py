"""Mails as programs write them, and what is read from them."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

from ridealong.sources.mail.message import Message, read

RECEIVED = datetime(2026, 3, 12, 12, tzinfo=UTC)
HEAD = """\
From: Jan Meyer <Jan.Meyer@Buyer.example>
To: Ada Seller <ada@seller.example>
Subject: Offer for the north plant
Date: Thu, 12 Mar 2026 10:00:00 +0100
Message-ID: <m1@buyer.example>
MIME-Version: 1.0
"""


def mail(body: str, more: str = "", head: str = HEAD) -> bytes:
    """Write a mail of plain text."""
    kind = 'Content-Type: text/plain; charset="utf-8"\n' if "Content-Type" not in more else ""
    return f"{head}{more}{kind}\n{body}".replace("\n", "\r\n").encode()


def html(body: str, more: str = "", head: str = HEAD) -> bytes:
    """Write a mail of HTML, in base64 as Exchange does."""
    text = base64.encodebytes(f"<html><head></head><body>{body}</body></html>".encode()).decode()
    kind = "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n"
    return mail(text, f"{more}{kind}", head)


def parts(*inside: str, kind: str = "mixed", more: str = "", head: str = HEAD) -> bytes:
    """Write a mail of several parts, each with its own headers."""
    body = "".join(f"--=_b1\n{part}\n" for part in inside) + "--=_b1--\n"
    return mail(body, f'{more}Content-Type: multipart/{kind}; boundary="=_b1"\n', head)


def got(raw: bytes) -> Message:
    """Read a mail."""
    return read(raw, received=RECEIVED)


def headed(**headers: str) -> bytes:
    """Write a mail with these headers instead of, or besides, the usual ones."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    lower = {name.lower() for name in given}
    kept = [line for line in HEAD.splitlines() if line.partition(":")[0].lower() not in lower]
    lines = [*kept, *(f"{name}: {value}" for name, value in given.items() if value)]
    return mail("Hello.", head="\n".join(lines) + "\n")
