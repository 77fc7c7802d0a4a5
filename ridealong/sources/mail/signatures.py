"""Where a mail's text ends and its sender's signature begins."""

from __future__ import annotations

import re

from ridealong.sources.mail.markup import END, SIGNATURE

MAX_SIGNATURE = 4_000
_LONGEST = 12
"""Lines below a greeting; more are no signature."""
_LONGEST_DELIMITED = 40
_MARKED = re.compile(rf"^{SIGNATURE}\n(.*?)(?:^{END}$|\Z)", re.DOTALL | re.MULTILINE)
_WORDS = r"""(?:
    (?:(?:with\s)?(?:best|kind|kindest|warm|warmest|many)\s|with\s)?regards|
    best(?:\swishes)?|(?:all\sthe|with)\sbest(?:\swishes)?|cheers|sincerely(?:\syours)?|
    yours(?:\s(?:sincerely|faithfully|truly))?|
    (?:many\s)?thanks(?:\s(?:and|&)\s(?:best|kind)?\s?regards|\sa\slot|\sagain|\sin\sadvance)?|
    thank\syou(?:\s(?:very\smuch|again|in\sadvance))?|
    (?:mit\s)?(?:(?:den|sehr|ganz)\s)?(?:freundlich|best|lieb|herzlich|viel|schön|sonnig)e[nr]?\s
        (?:gr(?:ü|ue)(?:ß|ss)e?n?|gruss|gruß)(?:\s(?:aus|nach|an)\s\w+)?|
    gr(?:ü|ue)(?:ß|ss)e|gru(?:ß|ss)|hochachtungsvoll|mfg|lg|vg|danke(?:\sund\s.{0,40}gr.{1,6})?|
    (?:bien\s|très\s)?cordialement|(?:meilleures|sincères|cordiales)\ssalutations|
    bien\sà\s(?:vous|toi)|bonne\s(?:journée|réception|soirée)|(?:avec\smes\s)?remerciements|
    (?:un\s)?(?:cordial\s)?saludos?(?:\scordial(?:es)?)?|(?:muchas\s)?gracias(?:\sy\ssaludos)?|
    atentamente|cordialmente|(?:cordiali|distinti)\ssaluti|un\ssaluto|
    (?:met\s)?(?:hartelijke|vriendelijke)\sgroete?n?|groete?n?|mvg|
    (?:med\s)?(?:vänliga?|bästa)\shälsning(?:ar)?|(?:med\s)?venn?lig\shilsen|mvh|
    z\spoważaniem|pozdrawiam(?:\sserdecznie)?|s\spozdravem|
    atenciosamente|(?:com\sos\s)?melhores\scumprimentos|abraços?
    )"""
_NAME = r"(?-i:[A-ZÀ-Þ])[\w.'’-]{0,20}"
# Many greet in two languages at once, or put their name on the same line.
_GREETING = re.compile(
    rf"\W{{0,3}}{_WORDS}(?:\s?[/|&,]\s?{_WORDS})?\W{{0,3}}(?:(?<=[\s,]){_NAME}(?:\s{_NAME}){{0,2}})?",
    re.IGNORECASE | re.VERBOSE,
)
_WEAK = re.compile(
    r"\W{0,3}(?:many\s)?(?:thank|dank|muchas|gracias|best\W|best$|cheers)", re.IGNORECASE
)
"""Words that a mail begins with, too."""
_DEVICE = re.compile(
    r"(?:sent (?:from|with|via)|get outlook for|(?:gesendet|diese nachricht wurde) (?:von|mit)|"
    r"von mein\w*|envoyé (?:de|depuis|à partir)|télécharger outlook|obtenez outlook|enviado desde|"
    r"obtener outlook|outlook für|inviato da|verzonden (?:vanaf|met)|skickat från|sendt fra|"
    r"wysłan[eo] z|odesláno z|enviado do)\b.{0,80}",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"p\.?\s?s\.?\s?[:.]|p\.\s?s\.", re.IGNORECASE)


def split(text: str) -> tuple[str, str]:
    """Return (text, signature); the signature begins with its greeting and is "" without one."""
    marked = _without_dashes("\n".join(_MARKED.findall(text)).split("\n"))
    lines = _MARKED.sub("", text).replace(END, "").rstrip().split("\n")
    begin = _beginning(lines)
    end = _end(lines, begin)
    cut = _without_dashes(lines[begin:end])
    rest = "\n".join((*lines[:begin], *lines[end:])).strip()
    return rest, "\n".join(filter(None, (cut, marked)))[:MAX_SIGNATURE].rstrip()


def _without_dashes(lines: list[str]) -> str:
    return "\n".join(line for line in lines if line.strip() != "--").strip()


def _beginning(lines: list[str]) -> int:
    """Return the number of the line that a signature begins with; of none, that after the last."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    for position, number in enumerate(filled):
        below = len(filled) - position - 1
        if lines[number].strip() == "--" and below <= _LONGEST_DELIMITED:
            return _greeting_above(lines, filled[:position], number)
    for position, number in enumerate(filled):
        following = [lines[other].strip() for other in filled[position + 1 :][: _LONGEST + 1]]
        if len(following) <= _LONGEST and _begins(lines[number].strip(), following, position):
            return number
    return len(lines)


def _greeting_above(lines: list[str], filled: list[int], number: int) -> int:
    """A greeting and a name may stand right above the line of two dashes."""
    for position in range(len(filled) - 1, max(len(filled) - 4, -1), -1):
        following = [lines[other].strip() for other in filled[position + 1 :]]
        if _begins(lines[filled[position]].strip(), following, position):
            return filled[position]
    return number


def _begins(line: str, following: list[str], position: int) -> bool:
    if len(line) > 100:
        return False
    if _DEVICE.fullmatch(line):
        return len(following) <= 3
    if not _GREETING.fullmatch(line) or (position == 0 and _WEAK.match(line)):
        return False
    # Below a greeting stands a name, and a name is no sentence.
    name = re.split(r"[|•·]", following[0])[0].strip() if following else ""
    return len(name.split()) <= 6 and len(name) <= 60 and not name.endswith(("?", ":"))


def _end(lines: list[str], begin: int) -> int:
    for number in range(begin + 1, len(lines)):
        if _POSTSCRIPT.match(lines[number].strip()):
            return number
    return len(lines)
