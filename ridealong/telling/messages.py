"""What webhooks are told: signed JSON for programs, blocks for Slack; as docs/telling.md says."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ridealong.record.states import DealState
from ridealong.views.inspection.wording import day, money
from ridealong.views.signals import Item

SHOWN = 10
"""Deals that a message in Slack names; it has room for 50 blocks."""
Told = Sequence[tuple[Item, DealState]]


def signature(secret: str, at: int, body: bytes) -> str:
    """Return what proves who sent a body: ``t=<unix seconds>,v1=<HMAC-SHA256 of "t.body">``."""
    made = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={made.hexdigest()}"


def generic(told: Told, *, number: str, company: str, address: str) -> dict[str, Any]:
    """Return signals as a program reads them."""
    return {
        "id": number,
        "event": "signals.raised",
        "company": company,
        "signals": [_signal(item, deal, address) for item, deal in told],
    }


def generic_test(*, number: str, company: str) -> dict[str, Any]:
    """Return what shows a program that it is reached."""
    return {"id": number, "event": "test", "company": company, "signals": []}


def _signal(item: Item, deal: DealState, address: str) -> dict[str, Any]:
    signal, rule = item.signal, item.rule
    return {
        "id": f"{signal.key}@{signal.raised_at.isoformat()}",
        "rule": rule.name,
        "title": rule.title,
        "words": signal.words,
        "to_do": rule.to_do,
        "good": rule.good,
        "urgent": rule.urgent,
        "raised_at": signal.raised_at.isoformat(),
        "evidence": [{"text": each["text"], "at": each["at"]} for each in signal.evidence],
        "deal": _deal(deal, address),
    }


def _deal(deal: DealState, address: str) -> dict[str, Any]:
    return {
        "key": deal.key,
        "name": deal.name,
        "company": deal.company,
        "salesperson": deal.salesperson,
        "stage": deal.stage,
        "amount": None if deal.amount is None else str(deal.amount),
        "currency": deal.currency,
        "close_date": deal.close_date.isoformat() if deal.close_date else None,
        "link": f"{address}deals/{deal.id}",
    }


def slack(told: Told, *, address: str) -> dict[str, Any]:
    """Return signals as Slack shows them: deal by deal, the most valuable first, a few of many."""
    whole: dict[int, list[Item]] = {}
    deals = {deal.id: deal for _, deal in told}
    for item, deal in told:
        whole.setdefault(deal.id, []).append(item)
    ordered = sorted(deals.values(), key=lambda deal: (-(deal.value or 0), deal.id))
    headline = _headline(ordered, len(told))
    blocks: list[dict[str, Any]] = [_section(f"*{escaped(headline)}*")]
    blocks += [_section(_about(deal, whole[deal.id], address)) for deal in ordered[:SHOWN]]
    more = len(ordered) - SHOWN
    if more > 0:
        words = f"And {more} more {'deal' if more == 1 else 'deals'}: <{address}today|open Today>"
        blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": words}]})
    return {"text": headline, "blocks": blocks}


def slack_test(*, company: str) -> dict[str, Any]:
    """Return what shows in Slack that it is reached."""
    words = f"Ridealong reaches this channel{f' for {company}' if company else ''}."
    return {"text": words, "blocks": [_section(escaped(words))]}


def _headline(deals: Sequence[DealState], signals: int) -> str:
    if len(deals) == 1:
        return deals[0].name
    return f"{signals} signals on {len(deals)} deals"


def _about(deal: DealState, items: Sequence[Item], address: str) -> str:
    facts = (money(deal.amount, deal.currency), deal.stage, day(deal.close_date), deal.salesperson)
    lines = [f"*<{address}deals/{deal.id}|{escaped(deal.name)}>*"]
    lines.append(escaped(" · ".join(fact for fact in facts if fact)))
    for item in items[:5]:
        mark = ":white_check_mark:" if item.rule.good else ":small_orange_diamond:"
        lines.append(f"{mark} {escaped(item.signal.words)}")
        if not item.rule.good:
            lines.append(f"      _{escaped(item.rule.to_do)}_")
    if len(items) > 5:
        lines.append(f"and {len(items) - 5} more")
    return "\n".join(line for line in lines if line)


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:3000]}}


def escaped(text: str) -> str:
    """Return a text in which Slack finds no link, no name and no channel."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_bytes(body: Mapping[str, Any]) -> bytes:
    """Return a body as it goes over the line, and is signed."""
    return json.dumps(body, ensure_ascii=False).encode()
