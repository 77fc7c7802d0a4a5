"""Where a signature begins, and what is none."""

from __future__ import annotations

import pytest

from tests.sources.mail.writing import got, mail


@pytest.mark.parametrize(
    ("signature", "text"),
    [
        ("Best,\nJan", "Yes."),
        ("Viele Grüße Jan", "Ja."),
        ("Viele Grüße aus Berlin\nJan Meyer\nEinkauf", "Ja."),
        ("Bien cordialement,\n\nJeanne Petit\nAcheteuse", "Oui."),
        ("Saludos cordiales,\nJuan", "Sí."),
        ("Von meinem iPhone gesendet", "Ja."),
        ("Envoyé de mon iPhone", "Oui."),
        ("Enviado desde mi iPhone", "Sí."),
        ("Thanks,\nJan\n\nSent from my iPad", "Yes."),
        ("Mit freundlichen Grüßen / Best regards\n\ni.A. Jan Meyer\nEinkauf", "Ja."),
        (
            "Kind regards\n\nJan Meyer | Purchasing of Buyer Inc. | +49 30 1234567 | b.de",
            "Yes.",
        ),
        ("Regards\nJan\n--\nBuyer Inc., Berlin", "Yes."),
    ],
)
def test_signatures(signature: str, text: str) -> None:
    message = got(mail(f"{text}\n\n{signature}\n"))
    assert message.text == text
    assert message.signature == signature.replace("--\n", "")


@pytest.mark.parametrize(
    "text",
    [
        "Thanks,\nwe shall look at it.",
        "Hi,\nbest regards from everybody here, whom you met on Monday.\nCan we talk?",
        "Best regards\n" + "\n".join(f"Point {number}" for number in range(20)),
        "On 5 May he wrote:\n\nwe are interested.",
        "Prices:\nFrom: 10 seats\nTo: 20 seats\nDate: May",
        "We need:\n-- seats\n-- support",
    ],
)
def test_what_is_neither_signature_nor_quote(text: str) -> None:
    message = got(mail(text))
    assert message.text == text
    assert message.signature == ""


def test_a_postscript_is_text() -> None:
    message = got(mail("Yes.\n\nBest,\nJan\n\nPS: the budget is 40k.\n"))
    assert message.text == "Yes.\n\nPS: the budget is 40k."
    assert message.signature == "Best,\nJan"
