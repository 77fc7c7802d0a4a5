"""Which part somebody has in a deal: what a sentence says of it, and what a title lets expect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LEFT = "left_the_company"
OTHER = "contact"
"""The role of somebody of whom nothing more is known."""
_LONGEST_GAP = 25
_SHORTEST = 3
_WHO = "\x00"
_ANOTHER = r"\b(?:that|who|whether|and|than|dass|und|que|qui|et)\b"
"""Words after which somebody else may be spoken of."""

_SAID: dict[str, str] = {
    "economic_buyer": (
        r"decides?|will decide|makes? the (?:final )?decision|(?:has|have) to (?:approve|sign)"
        r"|must (?:approve|sign)|approves?|signs? off|holds? the budget"
        r"|(?:has|have) the (?:final|last) (?:say|word)"
        r"|(?:is|am|will be) (?:our|the|your) decision[- ]maker"
        r"|entscheide[t]?|muss (?:das |dem |es )?(?:zustimmen|freigeben|genehmigen|unterschreiben)"
        r"|(?:ist|bin) (?:unser|der|die) entscheider(?:in)?"
        r"|décide|doit (?:valider|approuver|signer)|est (?:le|la|notre) décideu\w+"
        r"|debe (?:aprobar|firmar)|es quien decide"
    ),
    "project_lead": (
        r"(?:is|am|will be) (?:our|the|your) (?:new )?project (?:lead|leader|manager)"
        r"|leads? the project"
        r"|(?:ist|bin|wird) (?:unser|der|die|Ihr)e? (?:neuer? )?projektleiter(?:in)?"
        r"|leitet? das projekt|est (?:le|la|notre|votre) chef\w* de projet"
        r"|es (?:el|la) (?:jefe|jefa|responsable) del proyecto"
    ),
    "technical_evaluator": (
        r"(?:will (?:test|evaluate)|tests?|evaluates?) (?:it|the|your)"
        r"|(?:is|am|will be) (?:our|the|your) technical (?:lead|contact|evaluator)"
        r"|(?:prüft|testet) (?:die|das|Ihre?)|ist (?:unser|der|die) technische\w* \w+"
    ),
    "main_contact": (
        r"(?:is|am|will be) (?:our|the|your) (?:new )?(?:main )?contact(?: person)?"
        r"|(?:ist|bin|wird) (?:unser|der|die|Ihr)e? (?:neuer? )?ansprechpartner(?:in)?"
        r"|est votre (?:nouvel(?:le)? )?interlocut\w+|es su (?:nuevo |nueva )?contacto"
    ),
    LEFT: (
        r"(?:has )?left (?:the|our) company|(?:is )?no longer (?:with us|works? (?:here|for us))"
        r"|hat (?:uns|das unternehmen|die firma) verlassen|arbeitet nicht mehr (?:hier|bei uns)"
        r"|a quitté (?:la société|l'entreprise)|ya no trabaja (?:aquí|con nosotros)"
    ),
}
_AFTER = {
    role: re.compile(
        rf"{_WHO}(?:(?!{_ANOTHER})[^.,;:\x00]){{0,{_LONGEST_GAP}}}?\b(?:{words})(?!\w)",
        re.IGNORECASE,
    )
    for role, words in _SAID.items()
}
_FIRST_PERSON = re.compile(r"\b(?:I|ich|je|yo)\b(?!')", re.IGNORECASE)

# The most telling words first: a "Head of IT Purchasing" buys.
_TITLES = {
    "purchasing": (
        r"purchas|procure|\bbuyer\b|sourcing|einkauf|einkäufer|beschaffung|achat|achet|compras"
        r"|inkoop|inkoper|acquisti"
    ),
    "legal": r"legal|counsel|lawyer|jurist|rechts?\b|rechtsabteilung|justitiar|juridique",
    "economic_buyer": (
        r"\bC[EFO]O\b|chief (?:executive|financial|operating)|managing director|\bowner\b"
        r"|president(?!.*assistant)|geschäftsführ|vorstand|inhaber|prokurist|\bVP\b"
        r"|directeur général|directrice générale|directora? general|finance director"
        r"|head of finance|kaufmännische\w* leit"
    ),
    "technical_evaluator": (
        r"\bC[TI]O\b|\bIT\b|chief (?:technology|information)|engineer|architect|technical"
        r"|technische|ingenieur|entwickl|developer|software|informati|quality|qualität"
    ),
}
_OF_TITLE = tuple((role, re.compile(words, re.IGNORECASE)) for role, words in _TITLES.items())


def role_of_title(title: str) -> str:
    """Return the part in a deal that somebody with this title mostly has; ``OTHER`` for none."""
    return next((role for role, words in _OF_TITLE if words.search(title)), OTHER)


def role_named(sentence: str, names: Iterable[str], speaker: str) -> tuple[str, str] | None:
    """Return (name, role) where a sentence says of one of ``names`` what their part is.

    ``speaker``: the name of who says it, for "I decide"; "" where that is not known. None where it
    says so of nobody, or of several.
    """
    found = set(_of_others(sentence, names))
    if speaker:
        marked = _FIRST_PERSON.sub(_WHO, sentence)
        found |= {(speaker, role) for role in _roles(marked)}
    return next(iter(found)) if len(found) == 1 else None


def _of_others(sentence: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        last = name.split()[-1] if name.split() else ""
        for called in dict.fromkeys((name, last)):
            if len(called) < _SHORTEST:
                continue
            marked, count = re.subn(rf"(?<!\w){re.escape(called)}(?!\w)", _WHO, sentence)
            if count:
                yield from ((name, role) for role in _roles(marked))
                break


def _roles(marked: str) -> Iterator[str]:
    return (role for role, words in _AFTER.items() if words.search(marked))
