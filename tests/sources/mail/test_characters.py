"""Words in any charset, and in HTML without plain text."""

from __future__ import annotations

import pytest

from tests.sources.mail.writing import HEAD, got, html


def test_html_alone() -> None:
    body = """<style>p {color: red}</style><script>alert(1)</script><!-- no --><p>Hello
      <b>Ada</b>,</p><ul><li>one</li><li>two</li></ul><table><tr><td>a</td><td>b</td></tr></table>
      <div style="display:none">hidden</div><pre>x
  y</pre>&euro;&nbsp;5 <a href="https://x.example">here</a>"""
    text = got(html(body)).text
    assert text == "Hello Ada,\n\n- one\n- two\na b\nx\n  y\n\n€ 5 here"


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("iso-8859-1", b"\x93K\xf6ln\x94 5 \x80", "“Köln” 5 €"),
        ("us-ascii", "Köln".encode(), "Köln"),
        ("x-made-up", b"K\xf6ln", "Köln"),
        ("utf-16", "Köln".encode("utf-16"), "Köln"),
        ("utf-8", b"K\xf6ln", "Köln"),
        ("hex", b"4b", "4b"),
        ("zlib", b"x\x9c\xff", "xœÿ"),
        ("undefined", b"x", "x"),
        ("unicode_escape", rb"\x41\ud800", rb"\x41\ud800".decode()),
        ("utf-7", b"+2AA-x", "x"),
    ],
)
def test_charsets(charset: str, data: bytes, text: str) -> None:
    head = f"{HEAD}Content-Type: text/plain; charset={charset}\n\n".encode()
    assert got(head + data).text == text
