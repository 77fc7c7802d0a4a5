"""What a signature says of its writer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridealong.sources.mail.cards import MAX_TITLE, Card, card
from tests.sources.mail.writing import got, mail


@pytest.mark.parametrize(
    ("signature", "title", "phone"),
    [
        ("Best regards\nJan Meyer\nHead of Purchasing\nBuyer Inc.", "Head of Purchasing", ""),
        ("Best regards\n\nJan Meyer, CFO", "CFO", ""),
        (
            "Kind regards\n\nJan Meyer | Senior Buyer | +49 30 1234567 | b.example",
            "Senior Buyer",
            "+49 30 1234567",
        ),
        (
            "Mit freundlichen Grüßen\n\ni.A. Jan Meyer\nLeiter Einkauf\nTel. 0231 / 55 66-78",
            "Leiter Einkauf",
            "0231 / 55 66-78",
        ),
        ("Cordialement,\nJan Meyer\nDirecteur des achats", "Directeur des achats", ""),
        ("Saludos\nJan Meyer\nJefe de compras", "Jefe de compras", ""),
        ("Regards\nJan Meyer\nFax: +49 30 99999999\nMobile +49 171 2345678", "", "+49 171 2345678"),
        ("Regards\nJan", "", ""),
        ("Regards\nJan Meyer\nBuyer GmbH\nLeitung 4, 10115 Berlin", "", ""),
        ("Regards\nSomebody Else\nHead of Purchasing", "", ""),
        ("Regards\nJan Meyer\njan.meyer@manager.example", "", ""),
    ],
)
def test_title_and_telephone_stand_in_a_signature(signature, title, phone):
    message = got(mail(f"Yes.\n\n{signature}\n"))
    assert card(message.signature, "Jan Meyer") == Card(title, phone)


@given(st.text(), st.text(max_size=40))
def test_any_signature_is_read(signature, name):
    said = card(signature, name)
    assert len(said.title) <= MAX_TITLE
    assert "\n" not in said.title + said.phone
