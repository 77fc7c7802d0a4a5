"""What the sender wrote, without the earlier mail below and between it."""

from __future__ import annotations

import re

import quotequail
from mailparser_reply.constants import MAIL_LANGUAGES

from ridealong.sources.mail.markup import CUT

MAX_LINES = 5_000
_LONGEST_INTRO = 250
_TRIES = 200
_WROTE = re.compile(
    "|".join(words["wrote_header"] for words in MAIL_LANGUAGES.values() if "wrote_header" in words),
    re.IGNORECASE | re.MULTILINE,
)
# Both libraries' patterns are slow on long lines, so lines without any of these are left out.
_VERBS = re.compile(
    r"wrote|schrieb|écrit|escribi|escreveu|scritto|schreef|geschreven|skrev|napisał|nadesłał|"
    r"napsal|kirjoitti|написал|写道|作成|작성|<\S+@\S+>",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d[:.h]\d\d|\d{4}|\d[./]\d|@")
_FORWARD = re.compile(
    r"^\W{0,20}(begin forwarded message|forwarded message|fwd message|anfang der weitergeleiteten|"
    r"weitergeleitete nachricht|début du message (réexpédié|transféré)|message transféré|"
    r"inicio del mensaje reenviado|mensaje reenviado|messaggio inoltrato|"
    r"inizio messaggio inoltrato|doorgestuurd bericht|begin doorgestuurd bericht|"
    r"mensagem encaminhada|vidarebefordrat meddelande|przekazana wiadomość|"
    r"wiadomość przekazana dalej)[\w\s.-]{0,20}\W{0,20}$",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"^[-_ ]{4,}\s?(original message|original appointment|ursprüngliche nachricht|"
    r"ursprünglicher termin|message d.origine|mensaje original|messaggio originale|"
    r"oorspronkelijk bericht|mensagem original|ursprungligt meddelande|oryginalna wiadomość|"
    r"wiadomość oryginalna)\s?[-_ ]{4,}$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[*\s]{0,4}([^\W\d_][\w -]{0,20}?)\s?\*{0,2}\s?:\*{0,2}\s")
_FROM = {"from", "von", "de", "da", "van", "från", "fra", "od", "от"}
_SENT = {
    "sent", "date", "gesendet", "datum", "envoyé", "enviado", "enviado el", "fecha", "inviato",
    "data", "verzonden", "skickat", "sendt", "dato", "wysłano", "odesláno", "enviada em", "дата",
}  # fmt: skip
_ABOUT = {
    "to", "subject", "an", "betreff", "à", "objet", "para", "asunto", "a", "oggetto", "aan",
    "onderwerp", "till", "ämne", "til", "emne", "do", "temat", "komu", "předmět", "assunto",
    "тема", "кому",
}  # fmt: skip
_RULE = re.compile(r"^[\s_*=-]*$")


def without_quotes(text: str) -> tuple[str, bool]:
    """Return the sender's own lines, and whether a forwarded mail follows them."""
    lines = text.split("\n")[:MAX_LINES]
    kept: list[str] = []
    forwarded, number, tries = False, 0, _TRIES
    while number < len(lines):
        line = lines[number]
        forwarded = _FORWARD.match(line[:200]) is not None
        if forwarded or line == CUT or _begins_earlier_mail(lines, number):
            return _without_rule(kept), forwarded
        length = 0
        if tries and _may_introduce(lines, number):
            tries -= 1
            length = _introduction(lines, number)
        if length and not _quoted_next(lines, number + length):
            return _without_rule(kept), False
        if not length and not line.startswith(">"):
            kept.append(line)
        number += length or 1
    return "\n".join(kept), False


def _begins_earlier_mail(lines: list[str], number: int) -> bool:
    """Recognize what Outlook puts above the mail that is answered."""
    if _ORIGINAL.match(lines[number][:200]):
        return True
    if _label(lines[number]) not in _FROM:
        return False
    labels = {_label(line): line for line in lines[number + 1 : number + 13]}
    dated = any(re.search(r"\d", labels[label][:200]) for label in labels.keys() & _SENT)
    return dated and bool(labels.keys() & _ABOUT)


def _label(line: str) -> str:
    match = _LABEL.match(line[:60] + " ")
    return match[1].strip().lower() if match else ""


def _may_introduce(lines: list[str], number: int) -> bool:
    if not lines[number].strip() or lines[number].startswith(">"):
        return False
    window = " ".join(line[:_LONGEST_INTRO] for line in lines[number : number + 3])
    return _VERBS.search(window) is not None


def _introduction(lines: list[str], number: int) -> int:
    """Return of how many lines the introduction of a quote is, such as "On …, … wrote:"."""
    joined = ""
    for length, line in enumerate(lines[number : number + 3], 1):
        joined = f"{joined} {line.strip()}".strip()
        if not line.strip() or len(joined) > _LONGEST_INTRO:
            return 0
        if _introduces(joined) and (_DATED.search(joined) or _quoted_next(lines, number + length)):
            return length
    return 0


def _introduces(line: str) -> bool:
    return _WROTE.match(line) is not None or not quotequail.quote(line, quote_intro_line=True)[0][1]


def _quoted_next(lines: list[str], number: int) -> bool:
    following = next((line for line in lines[number : number + 4] if line.strip()), "")
    return following.startswith(">")


def _without_rule(lines: list[str]) -> str:
    """Return the text above earlier mail without the line drawn between them."""
    while lines and _RULE.match(lines[-1]):
        lines.pop()
    return "\n".join(lines)
