"""The rules: which words say what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from babel.dates import format_date
from babel.numbers import format_currency
from rapidfuzz import fuzz

from ridealong.lib.days import day_named
from ridealong.sources.suggesting.amounts import amount_named
from ridealong.sources.suggesting.given import DealNow, Suggestion, Text
from ridealong.sources.suggesting.roles import LEFT, role_named
from ridealong.sources.suggesting.sentences import asks, denies, sentences, supposes

MOST = 3
_ALIKE = 80


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_CLOSING = _words(
    r"\b(sign|signature|signing|order|decide[sd]?|decision|contract)\b",
    r"\bbudget\b.*\bapproved\b",
    r"\b(unterschr\w+|unterzeichn\w+|bestell\w+|entscheid\w+|vertrag)\b",
    r"\bbudget\b.*\bfreigegeben\b",
    r"\b(sign(er|erons|ature)|décision|décid\w+|commande\w*|firma\w*|decisi\w+)\b",
)
_PAST_OR_OTHER = _words(
    r"\b(was|were|made|had|ends|expires?|valid|discount|delivery|nda|reference|vacation|closed)\b",
    r"\b(war|wurde|endet|gültig|urlaub|messe|lieferung|vertraulichkeit\w*)\b",
    r"\b(vacances|était|other customers|cancelled|abgesagt)\b",
)
_LOST = _words(
    r"\b(decided|chosen|chose|opted|went|going|go)\b.{0,30}\b(another|other|different)\s+(supplier|vendor|provider|partner)",
    r"\b(chose|chosen|decided for|went with)\b.{0,15}\bcompetitor",
    r"\bdecided against\b",
    r"\bproject\b.{0,20}\b(cancelled|canceled|stopped)\b",
    r"\b(für|auf) einen anderen (anbieter|lieferanten|partner)\b.{0,20}\bentschieden",
    r"\bgegen ihr\w* (angebot|lösung)\b.{0,20}\bentschieden",
    r"\bmüssen (wir )?ihnen (leider )?absagen\b",
    r"\bprojekt\b.{0,25}\b(gestrichen|eingestellt|gestoppt)\b",
    r"\b(choisi|retenu) un autre (fournisseur|prestataire)\b",
    r"\belegido (a )?otro proveedor\b",
)
_LOST_BY_DENIAL = _words(r"\bwill not (move|go) forward with your (offer|proposal|solution)\b")
_WON = _words(
    r"\b(attached|find|here)\b.{0,30}\bsigned (contract|agreement|order)",
    r"\bsigned (contract|agreement)\b.{0,20}\battached",
    r"\bhereby order\b",
    r"\battached\b.{0,20}\b(our )?purchase order\b",
    r"\bcontract is (now )?signed\b",
    r"\b(anbei|beigefügt|im anhang)\b.{0,30}\bunterschriebene[rn]? vertrag",
    r"\bhiermit bestellen wir\b",
    r"\bci-joint\b.{0,20}\bcontrat signé",
)
_PRICED = _words(
    r"\b(total|budget|price|priced|agreed|preis|gesamt\w*|summe|prix|montant|precio)\b"
)
_OTHERS_MONEY = _words(r"\b(competitor|save|saves|wettbewerb\w*|sparen|valid)\b")
_REQUESTED = _words(
    r"^(could|can|would) you (please )?(send|prepare|share|provide|give|arrange)\b",
    r"\bplease (send|prepare|share|provide|give us|arrange|schedule)\b",
    r"^let(’|'| u)s meet\b",
    r"^können sie (uns |mir )?(bitte )?.{0,60}\b(schicken|senden|vorbereiten)",
    r"^bitte (schicken|senden|bereiten)\b",
    r"\bmerci de (nous|me) (envoyer|préparer)\b",
)
_PROMISED = _words(
    r"^(i|we)( will|’ll|'ll) (send|prepare|share|come back|get back|provide|schedule|arrange)\b",
    r"^ich (werde .{0,60}(schicken|senden|vorbereiten)|(schicke|sende|bereite))\b",
    r"^je vous (envoie|prépare)\b",
)


def suggest(text: Text, deal: DealNow) -> tuple[Suggestion, ...]:
    """Return what a text suggests and the record does not say yet: the surest first, three at most.

    Rather nothing than something wrong: a question, a condition or a denial suggests nothing.
    """
    found: dict[str, Suggestion] = {}
    for sentence in sentences(text.text):
        for each in _of_sentence(sentence, text, deal):
            found.setdefault(each.field, each)
    if "lost" in found:
        found = {"lost": found["lost"]}
    return tuple(sorted(found.values(), key=lambda each: -each.sure)[:MOST])


def _of_sentence(sentence: str, text: Text, deal: DealNow) -> Iterator[Suggestion]:
    if not denies(sentence) and not supposes_beyond_request(sentence):
        yield from _next_step(sentence, text, deal)
    if not text.by_buyer or asks(sentence) or supposes(sentence):
        return
    if _LOST_BY_DENIAL.search(sentence) or (_LOST.search(sentence) and not denies(sentence)):
        yield _ended("lost", sentence)
        return
    yield from _role(sentence, text, deal)
    if denies(sentence):
        return
    if _WON.search(sentence) and not _PAST_OR_OTHER.search(sentence):
        yield _ended("won", sentence)
    else:
        yield from _close_date(sentence, text, deal)
        yield from _amount(sentence, deal)


def supposes_beyond_request(sentence: str) -> bool:
    """Say whether it supposes something other than politely asking for something does."""
    return supposes(sentence) and not _REQUESTED.search(sentence)


def _ended(field: str, sentence: str) -> Suggestion:
    question = "The deal is lost: right?" if field == "lost" else "The deal is won: right?"
    return Suggestion(field, "", "", sentence, question, 0.95)


def _close_date(sentence: str, text: Text, deal: DealNow) -> Iterator[Suggestion]:
    if not _CLOSING.search(sentence) or _PAST_OR_OTHER.search(sentence):
        return
    said: datetime = text.said_at.astimezone(text.zone)
    day = day_named(sentence, said)
    if day is None or day == deal.close_date:
        return
    words = format_date(day, "d MMMM yyyy", locale="en")
    yield Suggestion(
        "close_date", day.isoformat(), "", sentence, f"It closes on {words}: right?", 0.9
    )


def _amount(sentence: str, deal: DealNow) -> Iterator[Suggestion]:
    if not _PRICED.search(sentence) or _OTHERS_MONEY.search(sentence):
        return
    named = amount_named(sentence)
    if named is None or named == (deal.amount, deal.currency):
        return
    amount, currency = named
    words = format_currency(amount, currency, format="¤#,##0.##", locale="en")
    question = f"The amount is {words}: right?"
    yield Suggestion("amount", format(amount.normalize(), "f"), currency, sentence, question, 0.85)


def _role(sentence: str, text: Text, deal: DealNow) -> Iterator[Suggestion]:
    """Somebody's part in the deal; that somebody left is said with a denial, all else is not."""
    named = role_named(sentence, deal.people, text.speaker)
    if named is None or (denies(sentence) and named[1] != LEFT):
        return
    who, role = named
    if deal.people.get(who) == role:
        return
    what = "has left the company" if role == LEFT else f"is the {role.replace('_', ' ')}"
    yield Suggestion("role", role, "", sentence, f"{who} {what}: right?", 0.85, who)


def _next_step(sentence: str, text: Text, deal: DealNow) -> Iterator[Suggestion]:
    pattern = _REQUESTED if text.by_buyer else _PROMISED
    if not pattern.search(sentence) or "nda" in sentence.casefold().split():
        return
    step = sentence.rstrip(" .?!")
    if fuzz.token_set_ratio(step, deal.next_step) >= _ALIKE:
        return
    yield Suggestion("next_step", step, "", sentence, f"Next step: “{step}”?", 0.8)
