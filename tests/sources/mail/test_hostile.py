"""Mails that are broken, or made to break what reads them."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ridealong.sources.mail.message import MAX_BYTES, Message, Unreadable
from tests.sources.mail import test_outlook, test_programs
from tests.sources.mail.limits import holds, try_reading
from tests.sources.mail.writing import HEAD, got, headed, html, mail, parts

GOOD = [
    mail(test_outlook.PLAIN, "References: <a@x> <b@x>\nThread-Index: AQHZ\n"),
    html(test_outlook.WEB),
    html(test_programs.GMAIL, "Received: from a; Thu, 12 Mar 2026 08:00:00 +0000\n"),
    mail(test_programs.INLINE, "Cc: =?utf-8?Q?J=C3=B6rg?= <j@x>, \"Meyer, A\" <m@x>\n"),
    parts(
        "Content-Type: text/plain; charset=iso-8859-1\n"
        "Content-Transfer-Encoding: quoted-printable\n\nK=F6ln\n",
        f"Content-Type: text/html\n\n{test_programs.THUNDERBIRD}",
        "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nEND:VCALENDAR",
        "Content-Type: message/rfc822\n\nSubject: x\n\ny",
        "Content-Type: application/pdf; name*0=a; name*1=\"b.pdf\"\n\nx",
    ),
]  # fmt: skip


@given(st.binary(max_size=2000))
@example(b"")
@example(b"\n\n")
@example(b"From: \x00\n\n\x00")
def test_any_bytes(raw: bytes) -> None:
    assert try_reading(raw) == try_reading(raw)


@given(st.binary(max_size=500), st.sampled_from(["plain", "html", "calendar"]))
def test_any_bytes_in_a_body(body: bytes, kind: str) -> None:
    raw = f"{HEAD}Content-Type: text/{kind}\n\n".encode() + body
    assert try_reading(raw) == try_reading(raw)


@settings(max_examples=300)
@given(st.data())
def test_any_change_of_a_good_mail(data: st.DataObject) -> None:
    raw = data.draw(st.sampled_from(GOOD))
    pieces = st.one_of(
        st.binary(max_size=8),
        st.sampled_from([b"\n", b"\r\n\r\n", b"--=_b1\n", b'"', b";", b"=?", b"(", b"<", b"\xff"]),
    )
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(raw)))
        end = data.draw(st.integers(start, min(len(raw), start + 40)))
        raw = raw[:start] + data.draw(pieces) + raw[end:]
    assert try_reading(raw) == try_reading(raw)


@given(st.text(max_size=300))
def test_any_words_in_every_header(text: str) -> None:
    words = " ".join(text.split())
    names = ("From", "To", "Cc", "Subject", "Date", "Message_ID", "References", "Thread_Index",
             "Content_Type", "Content_Disposition", "Content_Transfer_Encoding", "Received",
             "Auto_Submitted")  # fmt: skip
    for name in names:
        raw = headed(**{name: words}) if words else b"Date: x\n\n"
        assert try_reading(raw) == try_reading(raw)


def test_good_mails_are_read() -> None:
    for raw in GOOD:
        assert isinstance(try_reading(raw), Message)


def test_what_is_no_mail() -> None:
    for raw in (b"", b" \r\n ", b"hello", b"%PDF-1.7\n\x00\xff", b"a: b\n\nc"):
        with pytest.raises(Unreadable):
            got(raw)


def test_too_large() -> None:
    with pytest.raises(Unreadable, match="larger than 50 MB"):
        got(mail("x") + b"x" * (2 * MAX_BYTES))
    assert len(got(mail("x" * 30_000_000)).text) == 20_000


def test_more_lines_than_a_mail_has() -> None:
    with pytest.raises(Unreadable, match="lines"):
        got(mail("\n" * 4_000_000))


def nested(depth: int) -> str:
    """Write parts inside parts."""
    begin = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)
    )
    return f"{begin}Content-Type: text/plain\n\ndeep\n"


@pytest.mark.parametrize("depth", [60, 200, 500, 3000])
def test_parts_and_mails_nested_too_deeply(depth: int) -> None:
    with pytest.raises(Unreadable, match="nested"):
        got((HEAD + nested(depth)).encode())
    with pytest.raises(Unreadable, match="nested"):
        got((HEAD + "Content-Type: message/rfc822\n\n" * depth + "x").encode())


def test_parts_nested_as_deeply_as_people_do() -> None:
    assert got((HEAD + nested(20)).encode()).text == "deep"


def test_too_many_parts() -> None:
    many = parts(*["Content-Type: text/plain\n\nx"] * 6000)
    with pytest.raises(Unreadable, match="more parts"):
        got(many)


def test_a_missing_boundary() -> None:
    message = got(mail("Hello.", "Content-Type: multipart/mixed\n"))
    assert message.text == "Hello."
    assert (
        got(mail("--b\n\nHello.", "Content-Type: multipart/mixed; boundary=b\n")).text == "Hello."
    )
    holds(got(mail("Hello.", "Content-Type: multipart/mixed; boundary=other\n")))


def test_a_mail_in_a_mail_is_not_its_text() -> None:
    inner = f"Content-Type: message/rfc822\n\n{HEAD}\nInner."
    message = got(parts("Content-Type: text/plain\n\nOuter.", inner))
    assert message.text == "Outer."
    assert message.id == "m1@buyer.example"


def test_broken_encodings() -> None:
    for encoding in ("base64", "quoted-printable", "x-uuencode", "unheard-of"):
        raw = mail("=ZZ=\n====Köln\n", f"Content-Transfer-Encoding: {encoding}\n")
        assert isinstance(try_reading(raw), Message)


def test_marks_and_nuls_cannot_be_smuggled_in() -> None:
    for body in ("a\x1cb\x00c\x1e\n\x1ed", "&#0;a&#28;b&#x1e;&#xd800;c&#x110000;"):
        holds(got(mail(body)))
        holds(got(html(f"<p>{body}</p><div class='gmail_signature'>{body}")))


def test_the_size_of_texts_and_lists() -> None:
    names = [
        f'Content-Type: application/zip; name="{"n" * 300}{n}{"m" * 300}"\n\nx' for n in range(300)
    ]
    message = got(parts("Content-Type: text/plain\n\n" + "word " * 50_000, *names))
    holds(message)
    everybody = got(headed(To=", ".join(f"p{n}@x.example" for n in range(2000)))).to
    assert len(everybody) == 500
