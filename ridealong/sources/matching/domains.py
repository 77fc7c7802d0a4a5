"""Whose mail it is: the domain of a company, free mailboxes and mass mail."""

from __future__ import annotations

import re
from functools import lru_cache

import tldextract

from ridealong.sources.matching.given import Heard

# The list inside the package is used: nothing is fetched and nothing written.
_extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

_FREE_WORDS = """
gmail.com googlemail.com outlook.com outlook.de hotmail.com hotmail.de hotmail.co.uk hotmail.fr
live.com live.de live.nl live.co.uk msn.com gmx.de gmx.net gmx.com gmx.at gmx.ch web.de
freenet.de t-online.de arcor.de mail.de posteo.de posteo.net mailbox.org icloud.com me.com
mac.com proton.me protonmail.com protonmail.ch pm.me aol.com aol.de mail.com email.com zoho.com
fastmail.com fastmail.fm hey.com tutanota.com tutanota.de tuta.io tuta.com yandex.ru yandex.com
mail.ru orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it
alice.it bluewin.ch hispeed.ch chello.at aon.at btinternet.com sky.com virginmedia.com
comcast.net verizon.net att.net sbcglobal.net cox.net ziggo.nl kpnmail.nl planet.nl hetnet.nl
telenet.be skynet.be seznam.cz wp.pl o2.pl onet.pl interia.pl qq.com 163.com 126.com naver.com
uol.com.br bol.com.br
"""
_FREE = frozenset(_FREE_WORDS.split())
_FREE_NAMES = frozenset({"yahoo", "ymail", "rocketmail"})
_BULK_BOX = re.compile(
    r"(no|do-?not)[._-]?reply|news(letters?)?|mailer(-daemon)?|marketing|notifications?|digest"
    r"|events?|bounces?|campaigns?|alerts?"
)
_BULK_TEXT = re.compile(
    r"\b(unsubscribe|opt[ -]out|view (this|it)? ?(mail|email)? ?in (your|a) browser"
    r"|newsletter ab(bestellen|melden)|vom newsletter abmelden|se d[ée]sabonner)\b",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"\b(ticket|case|incident|invoice|credit note|delivery note|reminder|rma|rechnung|gutschrift"
    r"|lieferschein|mahnung|störung|facture|avoir|factura|albarán|factuur)"
    r"\s?(no\.?|nr\.?|number|n°|id)?[\s:#–-]{0,3}[a-z]{0,4}-?\d{2,}"
    r"|\b(our|new|changed?) bank (details|account)|\bneue bankverbindung",
    re.IGNORECASE,
)


@lru_cache(maxsize=100_000)
def registrable(host: str) -> str:
    """Return the part of a host that somebody registered, in lower case: kite.co.uk."""
    host = host.strip().strip(".").lower()
    found = _extract.extract_str(host)
    if found.suffix:
        return found.top_domain_under_public_suffix
    # Names that no registry knows, as companies use inside, are cut the usual way.
    return ".".join(host.split(".")[-2:]) if "." in host else ""


@lru_cache(maxsize=100_000)
def company_domain(address: str) -> str:
    """Return the domain of the sender's company, or "" for a free mailbox."""
    domain = registrable(address.rpartition("@")[2])
    free = domain in _FREE or domain.partition(".")[0] in _FREE_NAMES
    return "" if free else domain


def sent_by_machine(address: str) -> bool:
    """Say whether the mailbox is one that nobody reads or writes by hand."""
    return bool(_BULK_BOX.fullmatch(address.partition("@")[0].partition("+")[0]))


def reads_like_bulk(heard: Heard) -> bool:
    """Say whether the text offers a way off a mailing list."""
    return heard.kind == "mail" and bool(_BULK_TEXT.search(heard.text))


def reads_like_service(heard: Heard) -> bool:
    """Say whether the title is that of an invoice, a ticket or the like, which is no deal."""
    return heard.kind == "mail" and bool(_SERVICE.search(heard.title))
