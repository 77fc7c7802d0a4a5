"""The words that rules look for, in five languages."""

from __future__ import annotations

import pytest

from tests.record.telling import on
from tests.views.signals.cases import course, judged, said

CLOSES = course((0, {"close_date": on(80).date()}))
LANGUAGES = {
    "budget_named": [
        "Your price is too high for us.",
        "Das ist uns zu teuer.",
        "Nous n'avons pas de budget.",
        "No tenemos presupuesto.",
        "Het is te duur voor ons.",
    ],
    "legal_named": [
        "Our lawyers have questions.",
        "Unsere Rechtsabteilung prüft es.",
        "Nos avocats relisent.",
        "Lo revisa el departamento jurídico.",
        "De juridische afdeling kijkt ernaar.",
    ],
    "competitor_named": [
        "A competitor came by.",
        "Wir haben ein Vergleichsangebot.",
        "Un concurrent est moins loin.",
        "Otro proveedor presenta el lunes.",
        "Een andere leverancier komt maandag.",
    ],
    "contract_asked": [
        "We are ready to sign.",
        "Bitte schicken Sie uns den Vertrag.",
        "Merci d'envoyer le contrat.",
        "Por favor, envíe el contrato.",
        "Kunt u het contract sturen?",
    ],
    "contradiction": [
        "This has been moved to next fiscal year.",
        "Das Projekt wurde auf Eis gelegt.",
        "Le projet est suspendu.",
        "El proyecto está en pausa.",
        "Het project is uitgesteld.",
    ],
    "champion_gone": [
        "Eng has resigned.",
        "Eng hat das Unternehmen verlassen.",
        "Eng a quitté la société.",
        "Eng ya no trabaja aquí.",
        "Eng is niet meer bij ons in dienst.",
    ],
}


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in LANGUAGES.items() for text in texts]
)
def test_words_are_found_in_five_languages(name, text):
    found, _ = judged(name, said(text, versions=CLOSES), on(51))
    assert found is not None
    # The sentence is shown as it was written, without its full stop.
    assert text.rstrip(".?") in found.evidence[0].text
    assert found.evidence[0].activity == "email:50"
