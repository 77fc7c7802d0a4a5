"""Gmail, Apple Mail, Thunderbird: quotes are marked, and answers may stand between them."""

from __future__ import annotations

import pytest

from tests.sources.mail.writing import HEAD, got, html, mail

GMAIL = """\
<div dir="ltr"><div>Sounds good, let&#39;s do Tuesday.</div><div><br></div>
<span class="gmail_signature_prefix">-- </span><br>
<div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature"><div>Jan Meyer<br>Buyer
Inc.</div></div></div><br>
<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Wed, Mar 11, 2026 at 4:12 PM Ada
&lt;<a href="mailto:ada@seller.example">ada@seller.example</a>&gt; wrote:<br></div>
<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex"><div>Tuesday?</div></blockquote>
</div>"""
APPLE = """\
<html><body style="word-wrap: break-word;">Yes, <b>Tuesday</b> works.<br id="lineBreak"><div><br>
</div><div>Sent from my iPhone</div><div><br><blockquote type="cite"><div>On 11 Mar 2026, at 16:12,
Ada &lt;ada@seller.example&gt; wrote:</div><br></blockquote></div><blockquote type="cite"><div>
Which day?</div></blockquote></body></html>"""
THUNDERBIRD = """\
<p>Danke, das passt.</p><div class="moz-signature">-- <br>Jan Meyer<br>Einkauf</div>
<div class="moz-cite-prefix">Am 12.03.26 um 10:00 schrieb Ada:<br></div>
<blockquote type="cite" cite="mid:a@seller.example"><p>Passt das?</p></blockquote>"""
INLINE = """\
Hi Ada, answers below.

On Wed, 11 Mar 2026 at 16:12, Ada Seller <ada@seller.example> wrote:

> How many seats do you need?

Two hundred.

> And when?
> This quarter?

By the end of May.

--
Jan
"""
INTRODUCTIONS = [
    "On Wed, Mar 11, 2026 at 4:12 PM Ada Seller <ada@seller.example> wrote:",
    "On Wed, Mar 11, 2026 at 4:12 PM Ada Seller\n<ada@seller.example> wrote:",
    "On 11/03/2026 16:12, Ada wrote:",
    "Am 12.03.26 um 10:00 schrieb Ada Seller:",
    "Am Mi., 11. März 2026 um 16:12 Uhr schrieb Ada Seller <\nada@seller.example>:",
    "Le 12/03/2026 à 10:00, Ada Seller a écrit :",
    "Le mer. 11 mars 2026 à 16:12, Ada <ada@seller.example> a écrit :",
    "El mié, 11 mar 2026 a las 16:12, Ada (<ada@seller.example>) escribió:",
    "El 12/3/26 a las 10:00, Ada escribió:",
    "Il giorno mer 11 mar 2026 alle ore 16:12 Ada <ada@seller.example> ha scritto:",
    "Op wo 11 mrt 2026 om 16:12 schreef Ada <ada@seller.example>:",
    "Em qua., 11 de mar. de 2026 às 16:12, Ada <ada@seller.example> escreveu:",
    "Den ons 11 mars 2026 kl 16:12 skrev Ada <ada@seller.example>:",
]


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
def test_what_introduces_a_quote(introduction: str) -> None:
    for quote in ("> Passt das?\n>\n> Ada", "Passt das?\n\nAda"):
        assert got(mail(f"Ja.\n\n{introduction}\n\n{quote}\n")).text == "Ja."


def test_a_sentence_is_no_introduction() -> None:
    text = "On Monday at 10:00 our CFO wrote:\nhe agrees.\nTo: be clear, 3 of us do."
    assert got(mail(text.replace("wrote:", "wrote that"))).text == text.replace(
        "wrote:", "wrote that"
    )
    label = "From: next week on\nwe are 12.\nData: see attachment."
    assert got(mail(label)).text == label


def test_gmail() -> None:
    message = got(html(GMAIL))
    assert message.text == "Sounds good, let's do Tuesday."
    assert message.signature == "Jan Meyer\nBuyer Inc."


def test_gmail_with_answers_between_the_quotes() -> None:
    quote = '<blockquote class="gmail_quote"><div>{}</div></blockquote>'
    message = got(html(
        '<div dir="ltr"></div><div class="gmail_quote"><div class="gmail_attr">On Wed, Ada wrote:'
        f'</div>{quote.format("How many?")}<div>Two hundred.</div>{quote.format("When?")}'
        "<div>In May.</div></div>"
    ))  # fmt: skip
    assert message.text == "Two hundred.\nIn May."


def test_an_indented_paragraph_is_no_quote() -> None:
    indented = '<blockquote style="margin:0 0 0 40px;border:none;padding:0px">40k</blockquote>'
    assert got(html(f"<div>Our price:</div>{indented}")).text == "Our price:\n40k"


def test_apple_mail() -> None:
    message = got(html(APPLE))
    assert message.text == "Yes, Tuesday works."
    assert message.signature == "Sent from my iPhone"


def test_thunderbird() -> None:
    message = got(html(THUNDERBIRD))
    assert message.text == "Danke, das passt."
    assert message.signature == "Jan Meyer\nEinkauf"


def test_answers_between_the_quotes_are_kept() -> None:
    message = got(mail(INLINE))
    assert message.text == "Hi Ada, answers below.\n\nTwo hundred.\n\nBy the end of May."
    assert message.signature == "Jan"


def test_flowed_text_is_joined() -> None:
    flowed = "This line was broken \nby a program.\nThis one by Jan.\n-- \nJan\n"
    message = got(mail(flowed, "Content-Type: text/plain; charset=utf-8; format=flowed\n"))
    assert message.text == "This line was broken by a program.\nThis one by Jan."
    assert message.signature == "Jan"


@pytest.mark.parametrize(
    "marker",
    [
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "-------- Weitergeleitete Nachricht --------",
        "Anfang der weitergeleiteten Nachricht:",
        "---------- Message transféré ---------",
        "---------- Mensaje reenviado ---------",
    ],
)
def test_a_forwarded_mail_in_plain_text(marker: str) -> None:
    inner = "From: Ada <ada@seller.example>\nDate: Wed, 11 Mar 2026\nSubject: Offer\n\n45k."
    message = got(mail(f"Please read.\n\n{marker}\n{inner}\n"))
    assert message.forwarded
    assert message.text == "Please read."
    assert got(mail(f"{marker}\n{inner}\n")).text == ""


def test_a_forwarded_mail_of_gmail_in_html() -> None:
    message = got(html(
        '<div dir="ltr">See this.<br><br><div class="gmail_quote"><div dir="ltr" '
        'class="gmail_attr">---------- Forwarded message ---------<br>From: <strong>Ada</strong>'
        "<br>Date: Wed<br>Subject: Offer<br>To: Jan<br></div><br>45k.</div></div>"
    ))  # fmt: skip
    assert message.forwarded
    assert message.text == "See this."


def test_forwarded_by_its_subject_or_as_an_attachment() -> None:
    for subject, forwarded in (("Fwd: x", True), ("TR : x", True), ("Re: Fwd: x", False)):
        head = HEAD.replace("Offer for the north plant", subject)
        assert got(mail("Hello.", head=head)).forwarded is forwarded
