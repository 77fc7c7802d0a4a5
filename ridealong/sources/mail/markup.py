"""HTML as text, in which quotes, signatures and what follows are marked."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from lxml import etree

from ridealong.sources.mail.characters import clean

CUT = "\x1c"
"""A line of its own: below it stands earlier mail."""
SIGNATURE, END = "\x1e", "\x1d"
"""Lines of their own around a signature. No text holds these characters: ``clean`` drops them."""

_LONGEST = 2_000_000
_DROPPED = {"script", "style", "head", "title", "template", "noscript", "object", "svg", "select"}
_BLOCKS = {
    "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p",
    "pre", "section", "table", "tbody", "tr", "ul",
}  # fmt: skip
_SPACED = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "pre"}
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_INDENT = re.compile(r"margin[^;]{0,20}40px;\s*border:\s*(none|0)", re.IGNORECASE)
_OUTLOOK_LINE = re.compile(
    r"border:none;\s*border-top:solid #(e1e1e1|b5c4df) 1\.0pt;\s*padding:3\.0pt", re.IGNORECASE
)
_CUT_IDS = {
    "appendonsend", "divrplyfwdmsg", "mail-editor-reference-message-container",
    "olk_src_body_section", "ms-outlook-mobile-body-separator-line",
}  # fmt: skip
_SIGNATURE_IDS = {"signature", "ms-outlook-mobile-signature", "applemailsignature"}
_SIGNATURE_CLASSES = {
    "gmail_signature", "moz-signature", "apple-mail-signature", "protonmail_signature_block",
}  # fmt: skip
_INTRO_CLASSES = {"gmail_attr", "moz-cite-prefix"}
_SPACE = re.compile(r"[ \t\n]+")
_FORWARD = re.compile(r"^\s*(-{5,}|begin forwarded message)", re.IGNORECASE)


class _Page:
    """The lines written so far, and what is open around the next word."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line = ""
        self.quotes: list[Any] = []
        self.signature: Any = None
        self.verbatim = 0

    def write(self, text: str | None) -> None:
        """Add text to the line; only in verbatim text, line ends are line ends."""
        if text and self.verbatim:
            first, *others = clean(text).split("\n")
            self.line += first
            for other in others:
                self.end_line()
                self.line = other
        elif text:
            words = _SPACE.sub(" ", clean(text))
            self.line += words.lstrip(" ") if self.line[-1:] in {"", " "} else words

    def end_line(self) -> None:
        """Put the line below the others."""
        line = self.line.rstrip()
        self.lines.append(f"> {line}".rstrip() if self.quotes else line)
        self.line = ""

    def begin_block(self) -> None:
        """Go to the beginning of a line."""
        if self.line.strip():
            self.end_line()
        else:
            self.line = ""

    def mark(self, mark: str) -> None:
        """Add a mark; inside a quote it says nothing of this mail."""
        self.begin_block()
        if not self.quotes:
            self.lines.append(mark)


def as_text(html: str) -> str:
    """Return the words of HTML; quotes begin with ">"."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(clean(html[:_LONGEST]).encode("utf-8"), parser)
    except etree.LxmlError:
        tree = None
    if tree is None:
        return ""
    page = _Page()
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            _leave(page, element)
        elif _is_dropped(element):
            walk.skip_subtree()
        else:
            _enter(page, element)
    page.begin_block()
    return "\n".join(page.lines).strip("\n")


def _is_dropped(element: Any) -> bool:
    return (
        not isinstance(element.tag, str)
        or element.tag in _DROPPED
        or _HIDDEN.search(element.get("style", "")[:1000]) is not None
    )


def _enter(page: _Page, element: Any) -> None:
    tag = element.tag
    if tag == "br":
        page.end_line()
    elif tag in _BLOCKS:
        page.begin_block()
    elif tag in {"td", "th"}:
        page.write(" ")
    if _is_cut(element):
        page.mark(CUT)
    elif page.signature is None and _is_signature(element):
        page.mark(SIGNATURE)
        page.signature = element
    if _is_quote(element):
        page.begin_block()
        page.quotes.append(element)
    if tag == "li":
        page.write("- ")
    page.verbatim += tag == "pre"
    page.write(element.text)


def _leave(page: _Page, element: Any) -> None:
    if not _is_dropped(element):
        if element.tag in _BLOCKS:
            page.begin_block()
        # Outlook's paragraphs are lines, and its empty ones stand between paragraphs.
        is_line = "Mso" in element.get("class", "")
        if element.tag in _SPACED and not (is_line and _has_words(element)):
            page.end_line()
        page.verbatim -= element.tag == "pre"
        if page.quotes and page.quotes[-1] is element:
            page.begin_block()
            page.quotes.pop()
        if page.signature is element:
            page.mark(END)
            page.signature = None
    page.write(element.tail)


def _has_words(element: Any) -> bool:
    return any(text.strip() for text in islice(element.itertext(), 100))


def _names(element: Any, attribute: str) -> set[str]:
    # Outlook puts "x_" before the names in what it received.
    return {name.removeprefix("x_") for name in element.get(attribute, "").lower().split()}


def _is_cut(element: Any) -> bool:
    return (
        bool(_names(element, "id") & _CUT_IDS)
        or "yahoo_quoted" in _names(element, "class")
        or _OUTLOOK_LINE.match(element.get("style", "")[:200]) is not None
    )


def _is_signature(element: Any) -> bool:
    return bool(
        _names(element, "id") & _SIGNATURE_IDS or _names(element, "class") & _SIGNATURE_CLASSES
    )


def _is_quote(element: Any) -> bool:
    if element.tag == "blockquote":
        marked = element.get("type") == "cite" or "cite" in element.attrib
        return marked or not _INDENT.search(element.get("style", "")[:200])
    if _names(element, "class") & _INTRO_CLASSES:
        # Gmail announces a forwarded mail the same way as an answered one.
        return not _FORWARD.match("".join(islice(element.itertext(), 3))[:1000])
    return False
