"""Currencies that files bring: which one is the company's, and what the others are worth."""

from __future__ import annotations

from datetime import UTC, datetime

from ridealong.lib.exchange import last_rate
from ridealong.record import directory, writer
from ridealong.record.facts import SELF, Fact
from ridealong.record.ranks import SourceName

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


def settle(source: SourceName, *, stated: bool) -> list[str]:
    """Give every currency met a worth, so that totals count it; return what was assumed, in words.

    While nobody has set the company up or ``stated`` its currency, one that all deals are in is
    the company's. A rate that a person sets overrules the one assumed here.
    """
    used = directory.currencies()
    company = directory.organisation()
    if len(used) == 1 and used[0] != company.currency and not company.name and not stated:
        fact = Fact("organisation", SELF, ALWAYS, {"currency": used[0]}, "company:currency")
        writer.append(source, [fact])
        return [f"Totals are in {used[0]}, which all deals are in."]
    known = directory.rates()
    said = []
    for code in used:
        found = (
            None if code == company.currency or code in known else last_rate(code, company.currency)
        )
        if found is not None:
            worth, day = found
            fact = Fact("rate", code, ALWAYS, {"per_unit": worth}, f"rate:{code}")
            writer.append(source, [fact])
            said.append(
                f"1 {code} counts as {worth} {company.currency} (European Central Bank, "
                f"{day:%d %b %Y}); the page Company changes it."
            )
    return said
