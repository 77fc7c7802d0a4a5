"""Who, when, which conversation, what kind: everything besides the text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ridealong.sources.mail.message import Address
from tests.sources.mail.writing import RECEIVED, got, headed, mail, parts

JAN = Address("Jan Meyer", "jan.meyer@buyer.example")
INVITATION = (
    "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Demo\nEND:VEVENT\nEND:VCALENDAR"
)


def test_a_mail() -> None:
    message = got(mail("Hello.\n"))
    assert message.id == message.thread == "m1@buyer.example"
    assert message.at == datetime(2026, 3, 12, 9, tzinfo=UTC)
    assert message.sender == JAN
    assert message.to == (Address("Ada Seller", "ada@seller.example"),)
    assert message.cc == ()
    assert message.references == message.attachments == message.invitations == ()
    assert (message.subject, message.text) == ("Offer for the north plant", "Hello.")
    assert not any((message.automatic, message.bounce, message.forwarded))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('"Meyer, Jan" <jan.meyer@buyer.example>', [("Meyer, Jan", JAN.email)]),
        ("Meyer, Jan <jan.meyer@buyer.example>", [("Meyer, Jan", JAN.email)]),
        ("JAN.MEYER@BUYER.EXAMPLE (Jan Meyer)", [("Jan Meyer", JAN.email)]),
        ("=?utf-8?Q?Meyer=2C_J=C3=B6rg?= <a@b.de>, c@d.de",
         [("Meyer, Jörg", "a@b.de"), ("", "c@d.de")]),
        ("=?iso-8859-1?B?SvZyZw==?= <a@b.de>; Ada <c@d.de>",
         [("Jörg", "a@b.de"), ("Ada", "c@d.de")]),
        ("Jörg <a@b.de>, Jörg again <A@b.de>", [("Jörg", "a@b.de")]),
        ("Sales: a@b.de, Ada <c@d.de>;", [("", "a@b.de"), ("Ada", "c@d.de")]),
        ("undisclosed-recipients:;", []),
        ("/O=EXCHANGELABS/CN=RECIPIENTS/CN=JAN", []),
        ("<a@b.de", [("", "a@b.de")]),
        ("'Ada' <c@d.de>", [("Ada", "c@d.de")]),
        ('"broken <c@d.de>', [("broken", "c@d.de")]),
    ],
)  # fmt: skip
def test_addresses(value: str, expected: list[tuple[str, str]]) -> None:
    assert got(headed(Cc=value)).cc == tuple(Address(name, email) for name, email in expected)


def test_a_sender_without_an_address() -> None:
    assert got(headed(From="Jan Meyer")).sender == Address("Jan Meyer", "")
    assert got(headed(From="", Return_Path="<j@b.de>")).sender == Address("", "j@b.de")
    assert got(headed(From="")).sender == Address("", "")


def test_when_it_was_sent() -> None:
    hops = "from a by b; Thu, 12 Mar 2026 08:00:00 +0000"
    earlier = "from x by a; Thu, 12 Mar 2026 07:00:00 +0000"
    for broken in ("", "soon", "Thu, 99 Mar 2026 10:00:00 +0100", "Fri, 1 Jan 9999 00:00:00 +0000"):
        message = got(headed(Date=broken, received=earlier, Received=hops))
        assert message.at == datetime(2026, 3, 12, 8, tzinfo=UTC)
        assert got(headed(Date=broken)).at == RECEIVED
    assert got(headed(Date="Thu, 12 Mar 2026 10:00:00 -0000")).at.hour == 10


def test_subjects() -> None:
    for value, subject in (
        ("=?utf-8?B?QW5nZWJvdCBmw7xy?= =?utf-8?Q?_M=C3=BCnchen?=", "Angebot für München"),
        ("=?utf-8?B?w?= x", "=?utf-8?B?w?= x"),
        ("=?utf-8?Q?M=C3?= =?utf-8?Q?=BCnchen?=", "München"),
        ("=?x-unknown?Q?M=FCnchen?= und =?windows-1252?Q?K=F6ln?=", "München und Köln"),
        ("Offer for\n\tthe   plant\x00", "Offer for the plant"),
        ("Grüße", "Grüße"),
    ):
        assert got(headed(Subject=value)).subject == subject
    assert len(got(headed(Subject="ä" * 9000)).subject) == 250
    assert got(headed(Subject="Köln").replace("ö".encode(), b"\xf6")).subject == "Köln"


def test_ids_and_conversations() -> None:
    message = got(headed(References="<a@x> <b@x>\n <c@x>", In_Reply_To="<c@x>"))
    assert message.references == ("a@x", "b@x", "c@x")
    assert message.thread == "a@x"
    assert got(headed(In_Reply_To="<b@x> (Jan's mail of Monday)")).thread == "b@x"
    assert got(headed(X_GM_THRID="18237")).thread == "18237"
    own = "m1@buyer.example"
    assert got(headed(References=f"<{own}> <{own}>", In_Reply_To=f"<{own}>")).thread == own


def test_many_references_keep_the_root_and_the_latest() -> None:
    known = got(headed(References=" ".join(f"<{n}@x>" for n in range(80)))).references
    assert len(known) == 50
    assert (known[0], known[1], known[-1]) == ("0@x", "31@x", "79@x")


def test_an_id_that_is_missing_or_too_long() -> None:
    first = got(headed(Message_ID=""))
    assert first.id.startswith("sha-")
    assert first.id == first.thread == got(headed(Message_ID="")).id
    assert first.id != got(headed(Message_ID="", Subject="Other")).id
    long = f"<{'x' * 200}@y>"
    message = got(headed(Message_ID=long))
    assert message.id.startswith("sha-")
    # What refers to it still finds it.
    assert got(headed(Message_ID="<n@x>", References=long)).thread == message.id


def test_attachments_are_named() -> None:
    message = got(parts(
        "Content-Type: text/plain; charset=utf-8\n\nSee the offer.",
        "Content-Type: application/pdf; name=\"=?utf-8?Q?Angebot_K=C3=B6ln.pdf?=\"\n"
        "Content-Disposition: attachment\n\nx",
        "Content-Type: application/zip\nContent-Disposition: attachment; "
        "filename*=utf-8''..%2F..%2Fbomb%20%C3%A4.zip\n\nx",
        "Content-Type: text/plain; name=notes.txt\n\nNot the text.",
        "Content-Type: image/png; name=image001.png\nContent-ID: <i1>\n\nx",
        "Content-Type: message/rfc822\n\nSubject: Earlier\n\nOld text.",
        "Content-Type: text/plain; charset=utf-8\n\nAnd call me.",
    ))  # fmt: skip
    assert message.text == "See the offer.\n\nAnd call me."
    assert message.attachments == ("Angebot Köln.pdf", "bomb ä.zip", "notes.txt", "Earlier.eml")
    assert message.forwarded


def test_an_invitation() -> None:
    message = got(parts(
        "Content-Type: text/plain; charset=utf-8\n\nJoin us.",
        f"Content-Type: text/calendar; charset=utf-8; method=REQUEST\n\n{INVITATION}",
        f'Content-Type: application/ics; name="invite.ics"\n\n{INVITATION}',
        kind="alternative",
    ))  # fmt: skip
    assert message.invitations == (INVITATION,)
    assert message.attachments[-1] == "invite.ics"
    assert message.text == "Join us."


def test_a_bounce() -> None:
    report = parts(
        "Content-Type: text/plain\n\nYour mail could not be delivered.",
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nAction: failed\n",
        "Content-Type: message/rfc822\n\nSubject: Offer\n\nHello.",
        kind='report; report-type="delivery-status"',
    )
    message = got(report)
    assert message.bounce
    assert message.automatic
    assert not message.forwarded
    assert message.text == "Your mail could not be delivered."
    assert got(headed(From="MAILER-DAEMON@x.example")).bounce
    assert got(headed(Return_Path="<>")).bounce
    assert not got(headed(Return_Path="<jan@buyer.example>")).bounce


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied", "Return-Path": "<>"},
        {"Precedence": "bulk"},
        {"List-Id": "<news.x.example>"},
        {"List-Unsubscribe": "<mailto:u@x.example>"},
        {"Subject": "Automatic reply: Offer", "Return-Path": "<>"},
        {"Subject": "=?utf-8?Q?R=C3=A9ponse_automatique_=3A_Offre?="},
        {"Subject": "Abwesenheitsnotiz: Angebot"},
        {"Subject": "Respuesta automática: Oferta"},
    ],
)
def test_machines_write_too(headers: dict[str, str]) -> None:
    message = got(headed(**headers))
    assert message.automatic
    assert not message.bounce


def test_a_person_says_no_to_being_automatic() -> None:
    assert not got(headed(Auto_Submitted="no", Precedence="normal")).automatic
