"""Outlook and Exchange: the mail that is answered stands below, without any marks."""

from __future__ import annotations

import base64

from tests.sources.mail.writing import got, headed, html, mail, parts

PLAIN = """\
Hi Ada,

we can sign next week if the price stays at 40k.

Best regards,
Jan Meyer
Head of Purchasing
Tel. +49 30 1234567

________________________________
From: Ada Seller <ada@seller.example>
Sent: Wednesday, March 11, 2026 4:12 PM
To: Jan Meyer <jan.meyer@buyer.example>
Subject: Offer for the north plant

Dear Jan, the price is 45k.
"""
WEB = """\
<div style="font-family: Aptos" class="elementToProof">Hi Ada,</div>
<div class="elementToProof"><br></div>
<div class="elementToProof">we can sign <a href="https://x.example/y">next week</a>.</div>
<div id="Signature"><p>Jan Meyer</p><p>Head of Purchasing</p></div>
<div id="appendonsend"></div>
<hr style="display:inline-block;width:98%" tabindex="-1">
<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>From:</b> Ada Seller<br>
<b>Sent:</b> Wednesday, March 11, 2026 4:12 PM<br><b>To:</b> Jan Meyer<br>
<b>Subject:</b> Offer</font><div>&nbsp;</div></div>
<div>Dear Jan, the price is 45k.</div>"""
DESKTOP = """\
<style>p.MsoNormal {margin:0cm}</style><div class=WordSection1>
<p class=MsoNormal>Hallo Ada,<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>der Preis ist uns zu hoch.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Mit freundlichen Gr&uuml;&szlig;en<o:p></o:p></p>
<p class=MsoNormal>Jan Meyer<o:p></o:p></p>
<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>
<p class=MsoNormal><b>Von:</b> Ada Seller &lt;ada@seller.example&gt; <br>
<b>Gesendet:</b> Mittwoch, 11. M&auml;rz 2026 16:12<br><b>An:</b> Jan Meyer<br>
<b>Betreff:</b> Angebot</p></div></div><p class=MsoNormal>Der Preis ist 45k.</p></div>"""


def test_a_plain_answer_in_english() -> None:
    message = got(mail(PLAIN))
    assert message.text == "Hi Ada,\n\nwe can sign next week if the price stays at 40k."
    assert message.signature.splitlines() == [
        "Best regards,", "Jan Meyer", "Head of Purchasing", "Tel. +49 30 1234567",
    ]  # fmt: skip
    assert not message.forwarded


def test_plain_answers_in_german_french_and_spanish() -> None:
    for block, greeting in (
        ("Von: Ada\nGesendet: Mittwoch, 11. März 2026 16:12\nAn: Jan\nBetreff: Angebot",
         "Mit freundlichen Grüßen"),
        ("De : Ada\nEnvoyé : mercredi 11 mars 2026 16:12\nÀ : Jan\nObjet : Offre",
         "Cordialement,"),
        ("De: Ada\nEnviado el: miércoles, 11 de marzo de 2026 16:12\nPara: Jan\nAsunto: Oferta",
         "Un saludo,"),
    ):  # fmt: skip
        message = got(mail(f"Ja, oui, sí.\n\n{greeting}\nJan\n\n{block}\n\n45k.\n"))
        assert message.text == "Ja, oui, sí."
        assert message.signature == f"{greeting}\nJan"


def test_an_old_separator() -> None:
    message = got(mail("Gut so.\n\n-----Ursprüngliche Nachricht-----\nVon: Ada\n\nAlt.\n"))
    assert message.text == "Gut so."


def test_html_of_outlook_on_the_web() -> None:
    message = got(html(WEB))
    assert message.text == "Hi Ada,\n\nwe can sign next week."
    assert message.signature.split("\n") == ["Jan Meyer", "", "Head of Purchasing"]


def test_html_of_outlook_on_the_desktop() -> None:
    message = got(html(DESKTOP))
    assert message.text == "Hallo Ada,\n\nder Preis ist uns zu hoch."
    assert message.signature == "Mit freundlichen Grüßen\nJan Meyer"


def test_plain_text_is_read_rather_than_html() -> None:
    both = parts(
        f"Content-Type: text/plain; charset=utf-8\n\n{PLAIN}",
        f"Content-Type: text/html; charset=utf-8\n\n{WEB}",
        kind="alternative",
    )
    assert "40k" in got(both).text
    empty = parts(
        "Content-Type: text/plain\n\n \n",
        f"Content-Type: text/html; charset=utf-8\n\n{WEB}",
        kind="alternative",
    )
    assert got(empty).text == "Hi Ada,\n\nwe can sign next week."


def test_a_thread_index_tells_the_conversation() -> None:
    first = bytes([1]) + bytes(range(21))
    root = base64.b64encode(first).decode()
    answer = base64.b64encode(first + b"\x80\x01\x02\x03\x04").decode()
    assert got(headed(Thread_Index=root)).thread == first.hex()
    assert got(headed(Thread_Index=answer)).thread == first.hex()
    assert got(headed(Thread_Index=answer, In_Reply_To="<r@x>")).thread == "r@x"
    for broken in ("AQ", "!!!", "AQHZ"):
        assert got(headed(Thread_Index=broken)).thread == "m1@buyer.example"


def test_a_forwarded_mail() -> None:
    message = got(mail(f"FYI, see below.\n\n{PLAIN[PLAIN.index('____') :]}", head=(
        "From: jan@buyer.example\nSubject: WG: Angebot\nMessage-ID: <f1@x>\n"
    )))  # fmt: skip
    assert message.forwarded
    assert message.text == "FYI, see below."
