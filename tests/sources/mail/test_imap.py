"""A mailbox on a real server: what is kept, what is left out, and what happens when it breaks."""

from __future__ import annotations

import imaplib
import itertools
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug import Request, Response

from ridealong.lib.again import Refused, TryAgain
from ridealong.record.facts import Fact, checked
from ridealong.sources.base.connector import Access, Ours, Page
from ridealong.sources.mail.connector import Imap
from tests.sources.mail import test_outlook, test_programs
from tests.sources.mail.writing import HEAD, headed, html, mail, parts
from tests.support.dovecot import PASSWORD, Dovecot, dovecot
from tests.support.dropping import Line, line
from tests.support.examples import costly
from tests.support.web import served

OURS = Ours(
    domains=frozenset({"seller.example"}),
    members={"ada@seller.example": "ada", "bob@seller.example": "bob"},
    currency="EUR",
    zone=ZoneInfo("Europe/Berlin"),
)
NAMES = itertools.count()
TOKENS = {"good": "ada@seller.example"}
BOMB = parts(
    "Content-Type: text/plain\n\nSee the archive.\n",
    'Content-Type: application/zip; name="42.zip"\nContent-Transfer-Encoding: base64\n\nUEsDBA==\n',
    head=HEAD.replace("<m1@", "<bomb@"),
)


def numbered(name: str, body: str, more: str = "", *, of: Any = mail, **headers: str) -> bytes:
    """Write a mail with an id of its own."""
    head = HEAD.replace("<m1@", f"<{name}@")
    for header, value in headers.items():
        lines = [each for each in head.splitlines() if not each.startswith(f"{header}:")]
        head = "\n".join([*lines, f"{header}: {value}"]) + "\n"
    return bytes(of(body, more, head))


SHAPES = [
    numbered("outlook-plain", test_outlook.PLAIN),
    numbered("outlook-web", test_outlook.WEB, of=html),
    numbered("outlook-desktop", test_outlook.DESKTOP, of=html),
    numbered("gmail", test_programs.GMAIL, of=html),
    numbered("apple", test_programs.APPLE, of=html),
    numbered("thunderbird", test_programs.THUNDERBIRD, of=html),
    numbered("inline", test_programs.INLINE),
    BOMB,
]


class Tokens:
    """Where tokens are renewed, and where the mail server asks whose they are."""

    refuses = False

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        if request.path == "/introspect":
            name = TOKENS.get(request.form.get("token", ""))
            answer: dict[str, Any] = {"active": name is not None, "username": name}
        elif self.refuses:
            answer = {"error": "invalid_grant"}
        else:
            answer = {"access_token": "good", "refresh_token": "rotated"}
        return Response(json.dumps(answer), mimetype="application/json")(environ, start_response)


@pytest.fixture(scope="module")
def tokens() -> Iterator[tuple[Tokens, str]]:
    application = Tokens()
    with served(application) as address:
        yield application, address


@pytest.fixture(scope="module")
def server(tokens) -> Iterator[Dovecot]:
    with dovecot(introspection=f"{tokens[1]}/introspect") as running:
        yield running


class Box:
    """Somebody's mailbox on the server."""

    def __init__(self, server: Dovecot) -> None:
        self.server = server
        self.login = f"box{next(NAMES)}@seller.example"
        self.given: dict[str, str] = {}

    def put(self, *messages: bytes, folder: str = "INBOX") -> None:
        """Deliver mails."""
        with imaplib.IMAP4("127.0.0.1", self.server.port) as client:
            client.login(self.login, PASSWORD)
            client.create(folder)
            for message in messages:
                status, answer = client.append(f'"{folder}"', "", None, message)
                assert status == "OK", answer

    def access(self, *, port: int | None = None) -> Access:
        """Return how it is reached."""
        usual = {name: setting.default for setting in Imap.settings for name in [setting.name]}
        mine = {
            "host": "127.0.0.1",
            "port": str(port or self.server.port),
            "security": "none",
            "login": self.login,
            "password": PASSWORD,
            "days": "3650",
        }
        return Access({**usual, **mine, **self.given})

    def pull(self, cursor: Any = None, *, port: int | None = None) -> list[Page]:
        """Sync it."""
        return list(Imap().pull(self.access(port=port), cursor or {}, OURS))


@pytest.fixture
def box(server: Dovecot) -> Box:
    return Box(server)


def facts(pages: list[Page]) -> dict[str, Fact]:
    return {fact.external_id: checked(fact) for page in pages for fact in page.facts}


def titles(pages: list[Page]) -> list[str]:
    return sorted(fact.changes["title"] for fact in facts(pages).values())


def problems(pages: list[Page]) -> list[tuple[str, str]]:
    return [(each.what, each.why) for page in pages for each in page.problems]


def test_mails_of_every_program_come_with_their_own_words_only(box):
    box.put(*SHAPES)
    found = list(facts(box.pull()).values())
    assert len(found) == len(SHAPES)
    for fact in found:
        text = fact.changes["text"]
        assert text
        assert "wrote:" not in text
        assert "the price is 45k" not in text
    first = found[0]
    assert first.at == datetime(2026, 3, 12, 9, tzinfo=UTC)
    assert (first.changes["direction"], first.changes["member"]) == ("in", "ada")
    assert [p["email"] for p in first.changes["people"]] == [
        "ada@seller.example",
        "jan.meyer@buyer.example",
    ]
    assert found[-1].changes["attachments"] == ["42.zip"]


def test_the_next_sync_brings_what_is_new_only(box):
    box.put(numbered("a", "One."))
    pages = box.pull()
    box.put(numbered("b", "Two.", Subject="Second"))
    again = box.pull(pages[-1].cursor)
    assert titles(again) == ["Second"]
    assert box.pull(again[-1].cursor) == []


def test_the_same_mail_in_two_mailboxes_and_folders_is_one_activity(server):
    one, other = Box(server), Box(server)
    message = numbered("same", "Hello.", To="ada@seller.example, bob@seller.example")
    one.put(message)
    one.put(message, folder="Archive")
    other.put(message)
    said = [*facts(one.pull()).values(), *facts(other.pull()).values()]
    assert len({fact.key for fact in said}) == 1
    assert len({json.dumps(dict(fact.changes)) for fact in said}) == 1


def test_what_was_sent_goes_out_and_answers_share_the_thread(box):
    box.put(numbered("root", "Hello.", "Thread-Index: AQHZaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=\n"))
    reply = numbered(
        "reply",
        "Thanks.",
        "In-Reply-To: <root@buyer.example>\nReferences: <root@buyer.example>\n",
        From="ada@seller.example",
        To="jan.meyer@buyer.example",
    )
    box.put(reply, folder="Sent")
    found = {f.changes["direction"]: f for f in facts(box.pull()).values()}
    assert found["out"].changes["member"] == "ada"
    assert found["out"].changes["thread"] == found["in"].changes["thread"]


def test_mail_among_colleagues_newsletters_drafts_and_private_folders_are_not_kept(box):
    box.given = {"private_folders": "Family\nFotos/Ümläut", "excluded_domains": "lawyer.example"}
    box.put(numbered("in", "Lunch?", From="bob@seller.example"))
    box.put(numbered("news", "Buy!", "List-Unsubscribe: <x>\nPrecedence: bulk\n"))
    box.put(numbered("law", "Secret.", From="Anna <anna@lawyer.example>"))
    for folder in ("Drafts", "Junk", "Trash", "Family", "Family/2026"):
        box.put(numbered(folder, "Hello."), folder=folder)
    box.put(numbered("kept", "Hello.", Subject="Kept"), folder="Kunden/Nord")
    assert titles(box.pull()) == ["Kept"]


def test_headers_only_keeps_neither_text_nor_what_a_signature_says(box):
    signed = numbered("signed", "Yes.\n\nBest regards\nJan Meyer\nHead of Purchasing")
    box.put(*SHAPES, signed)
    assert "Head of Purchasing" in json.dumps([dict(f.changes) for f in facts(box.pull()).values()])
    box.given = {"headers_only": "yes"}
    kept = facts(box.pull()).values()
    assert {fact.changes["text"] for fact in kept} == {""}
    assert "Head of Purchasing" not in json.dumps([dict(fact.changes) for fact in kept])


def test_hostile_mail_neither_stops_the_sync_nor_gets_in_unnoticed(box):
    results = "Authentication-Results: mx.seller.example; dmarc=fail; spf=fail\n"
    box.put(
        numbered("script", "<p>Hi</p><script>alert(1)</script><img src=x onerror=y>", of=html),
        numbered("headers", "Hello.", "X-Long: " + "a" * 900_000 + "\n"),
        numbered(
            "cyclic", "Hello.", "References: <cyclic@buyer.example> <b@x> <cyclic@buyer.example>\n"
        ),
        mail("K\xf6ln", 'Content-Type: text/plain; charset="klingon"\n', HEAD.replace("<m1", "<k")),
        numbered("forged", "Wire the money.", results, From="bob@seller.example", Subject="Urgent"),
        headed(
            From="MAILER-DAEMON@seller.example",
            Subject="Undelivered Mail Returned to Sender",
            To="jan@buyer.example",
            Content_Type="multipart/report; report-type=delivery-status",
        ),
        b"\x00\xff" * 200 + b"\n",
        numbered("last", "Hello.", Subject="The last one"),
    )
    pages = box.pull()
    assert "The last one" in titles(pages)
    assert "Urgent" not in titles(pages)
    assert ("Urgent", "It only claims to be from bob@seller.example.") in problems(pages)
    assert "It could not be delivered." in dict(problems(pages)).values()
    for fact in facts(pages).values():
        assert "alert" not in fact.changes["text"]


def test_a_mail_of_100_megabytes_is_listed_and_never_fetched(box):
    box.put(numbered("big", ("a" * 76 + "\r\n") * 1_350_000), numbered("small", "Hello."))
    with line(box.server.port) as way:
        way.left = 2_000_000
        pages = box.pull(port=way.port)
    assert len(facts(pages)) == 1
    assert "MB, too many" in problems(pages)[0][1]


CUT = [numbered(f"cut-{n}", "Hello. " * 300, Subject=f"Mail {n}") for n in range(230)]


@pytest.fixture(scope="module")
def full(server) -> Iterator[tuple[Box, Line, dict[str, Fact]]]:
    box = Box(server)
    box.put(*CUT[:150])
    box.put(*CUT[150:], folder="Kunden")
    with line(server.port) as way:
        yield box, way, facts(box.pull())


@costly(12)
@given(cuts=st.lists(st.integers(0, 500_000), max_size=4), twice=st.booleans())
def test_cut_anywhere_and_run_again_it_is_one_clean_run(full, cuts, twice):
    box, way, clean = full
    assert len(clean) == len(CUT)
    cursor: Any = {}
    found: dict[str, Fact] = {}
    said: list[str] = []
    for cut in [*cuts, None]:
        way.left = cut
        try:
            for page in Imap().pull(box.access(port=way.port), cursor, OURS):
                found |= facts([page])
                cursor = json.loads(json.dumps(page.cursor))
        except TryAgain as error:
            said.append(str(error))
    if twice:
        found |= facts(box.pull())
    assert found == clean
    assert all("127.0.0.1" in words and PASSWORD not in words for words in said)


def test_a_folder_that_is_numbered_anew_is_read_anew(box):
    box.put(numbered("a", "One."), folder="Kunden")
    pages = box.pull()
    with imaplib.IMAP4("127.0.0.1", box.server.port) as client:
        client.login(box.login, PASSWORD)
        client.delete("Kunden")
    box.put(numbered("a", "One."), numbered("b", "Two.", Subject="New"), folder="Kunden")
    assert "New" in titles(box.pull(pages[-1].cursor))


def test_a_wrong_password_is_said_without_showing_it(box):
    box.given = {"password": "wr0ng-word"}
    with pytest.raises(Refused) as caught:
        box.pull()
    assert "Login or password: 127.0.0.1 does not let" in str(caught.value)
    assert "wr0ng-word" not in str(caught.value)


@pytest.mark.parametrize(
    ("given_", "error", "said"),
    [
        ({"port": "imap"}, Refused, "Port: 'imap' is no number"),
        ({"port": "1"}, TryAgain, "could not be reached"),
        ({"host": "mail.example"}, Refused, "without encryption"),
        ({"days": "many"}, Refused, "Days back"),
    ],
)
def test_what_is_wrong_with_a_setting_is_named(box, given_, error, said):
    box.given = given_
    with pytest.raises(error, match=said):
        box.pull()


@pytest.mark.parametrize("vendor", ["google", "microsoft"])
def test_signing_in_by_a_token_that_is_renewed(server, tokens, vendor):
    box = Box(server)
    box.login = "ada@seller.example"
    kept: dict[str, str] = {}
    box.given = {
        "sign_in": vendor,
        "refresh_token": "old",
        "client_id": "c",
        "token_url": tokens[1],
    }
    access = Access(box.access().settings, keep=kept.update)
    assert "messages in" in Imap().check(access, OURS)
    assert kept == {"refresh_token": "rotated"}
    tokens[0].refuses = True
    try:
        with pytest.raises(Refused, match="sign in there anew"):
            Imap().check(access, OURS)
    finally:
        tokens[0].refuses = False


def test_the_check_counts_what_is_there(box):
    box.put(*SHAPES)
    assert Imap().check(box.access(), OURS) == f"{box.login}: 8 messages in 2 folders."
