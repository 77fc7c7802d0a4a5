"""How fast a mailbox is read: ``python -m bench.mail [MESSAGES]``.

A temporary Dovecot on loopback holds the messages; they are pulled through the connector, and then
fetched and parsed by imap-tools alone. Printed: messages a second of both, their ratio, and the
most memory that the connector's part took.
"""

from __future__ import annotations

import random
import sys
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from imap_tools.mailbox import MailBoxUnencrypted

from ridealong.sources.base.connector import Access, Ours
from ridealong.sources.mail.connector import Imap
from tests.support.dovecot import PASSWORD, dovecot

LOGIN = "sam@seller.example"
OURS = Ours(frozenset({"seller.example"}), {LOGIN: "sam"}, "EUR", ZoneInfo("UTC"))
WORDS = ("offer", "contract", "price", "meeting", "week", "delivery", "plant", "team", "board")
QUOTE = "\n\nOn Mon, 2 Mar 2026 at 10:00, Sam <sam@seller.example> wrote:\n\n> {}\n"


def written(number: int, chance: random.Random) -> bytes:
    """Write a mail as people do: a few sentences, a quote, often HTML beside it."""
    mail = EmailMessage()
    outward = chance.random() < 0.4
    buyer = f"person{chance.randrange(2000)}@buyer{chance.randrange(300)}.example"
    mail["From"], mail["To"] = (LOGIN, buyer) if outward else (buyer, LOGIN)
    mail["Subject"] = " ".join(chance.choices(WORDS, k=4))
    mail["Date"] = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    mail["Message-ID"] = f"<{number}@bench.example>"
    if number % 3:
        mail["References"] = f"<{number - number % 3}@bench.example>"
    text = ". ".join(" ".join(chance.choices(WORDS, k=9)) for _ in range(chance.randrange(2, 9)))
    mail.set_content(text + QUOTE.format(" ".join(chance.choices(WORDS, k=120))))
    if chance.random() < 0.6:
        mail.add_alternative(f"<html><body><p>{text}</p></body></html>", subtype="html")
    return mail.as_bytes()


def pulled(access: Access) -> tuple[int, float]:
    """Pull everything; return how many facts came, and the seconds."""
    start = time.perf_counter()
    count = sum(len(page.facts) for page in Imap().pull(access, {}, OURS))
    return count, time.perf_counter() - start


def library(port: int) -> tuple[int, float]:
    """Fetch and parse everything with imap-tools alone."""
    start = time.perf_counter()
    with MailBoxUnencrypted("127.0.0.1", port) as box:
        box.login(LOGIN, PASSWORD)
        count = sum(bool(m.text or m.html) for m in box.fetch(mark_seen=False, bulk=100))
    return count, time.perf_counter() - start


def main() -> None:
    """Fill a mailbox and read it both ways."""
    number, chance = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000, random.Random(1)
    with dovecot() as server:
        server.deliver(LOGIN, (written(each, chance) for each in range(number)))
        settings = {setting.name: setting.default for setting in Imap.settings}
        mine = {"host": "127.0.0.1", "port": str(server.port), "security": "none", "login": LOGIN}
        access = Access({**settings, **mine, "password": PASSWORD, "days": "3650"})
        alone, alone_seconds = library(server.port)
        count, seconds = pulled(access)
        print(f"{count:,} of {number:,} mails told: {count / seconds:,.0f}/s")
        print(f"imap-tools alone: {alone:,} mails, {alone / alone_seconds:,.0f}/s")
        print(f"the connector takes {seconds / alone_seconds:.2f} times as long")
        tracemalloc.start()
        pulled(access)
        print(f"most memory while pulling: {tracemalloc.get_traced_memory()[1] / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
