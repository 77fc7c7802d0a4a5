"""Mails made to keep what reads them busy."""

from __future__ import annotations

import time

import pytest

from ridealong.sources.mail.message import Message
from tests.sources.mail.limits import try_reading
from tests.sources.mail.writing import headed, html, mail

SLOW = {
    "a header of megabytes": mail("x", f"To: {'a@b.de, ' * 600_000}\nX-Y: {'y' * 5_000_000}\n"),
    "many headers": mail("x", "X-Y: z\n" * 300_000 + "References: <a@x>\n" * 1000),
    "parentheses": headed(To="(" * 50_000, Cc='"' * 50_000, From="<" * 50_000),
    "encoded words": headed(Subject="=?utf-8?Q?" * 6000, To="=?a?b?c?= " * 6000),
    "backslashes": headed(To='"' + "\\" * 60_000, Cc="(" + "\\(" * 30_000),
    "parameters": mail("x", 'Content-Type: text/plain; a="' + ";\n " * 100_000 + "\n"),
    "numbered parameters": mail(
        "x", "Content-Type: text/plain" + "".join(f"; name*{n}*=a" for n in range(3000)) + "\n"
    ),
    "introductions": mail("On 1 a wrote, a a a a schrieb:\n" * 20_000),
    "a long introduction": mail("On " + "a " * 100_000 + "wrote 1:\n" + "wrote " * 50_000),
    "labels": mail("From: x\n" * 60_000),
    "greetings": mail("Best regards\n" * 30_000),
    "dashes": mail("-- \n" * 50_000 + "-" * 300_000),
    "spaces": mail(" " * 400_000 + "\n" + " \n" * 100_000),
    "open tags": html("<div><blockquote>" * 30_000 + "x"),
    "open brackets": html("<" * 300_000),
    "attributes": html("<p " + "a=b " * 200_000 + ">"),
    "entities": html("&amp;" * 300_000),
    "signatures": html("<div class=gmail_signature>x</div>" * 20_000),
    "introductions in HTML": html("<div class=gmail_attr>" * 30_000),
}  # fmt: skip


@pytest.mark.parametrize("name", SLOW)
def test_nothing_takes_long(name: str) -> None:
    started = time.perf_counter()
    assert isinstance(try_reading(SLOW[name]), Message)
    # Far above what it takes, so that a busy machine passes and a quadratic search does not.
    assert time.perf_counter() - started < 10
