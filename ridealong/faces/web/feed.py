"""The web feed: what was noticed lately, for whoever has the secret address."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from ridealong.lib import clock
from ridealong.record import pipeline
from ridealong.record.pipeline import NotAMember, Pipeline
from ridealong.record.states import DealState
from ridealong.telling.preferring import feed_reader
from ridealong.views import signals
from ridealong.views.signals import Item

DAYS = 14
MOST = 200
Entry = tuple[Item, DealState]


@require_safe
def atom(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the feed of whoever's address it is, not at all where it has not changed."""
    pipe = _opened(token)
    entries = _entries(pipe)
    company = pipe.organisation.name
    parts = [company, *(f"{i.episode} {i.signal.words} {d.name}" for i, d in entries)]
    etag = quote_etag(hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32])
    changed = max((item.signal.raised_at for item, _ in entries), default=None)
    answer = HttpResponse(
        _written(request, entries, company, changed), content_type="application/atom+xml"
    )
    answer["ETag"] = etag
    if changed is not None:
        answer["Last-Modified"] = http_date(changed.timestamp())
    answer["Cache-Control"] = "private, max-age=60"
    answer["X-Robots-Tag"] = "noindex"
    modified = int(changed.timestamp()) if changed else None
    return get_conditional_response(request, etag, modified, answer) or answer


def _opened(token: str) -> Pipeline:
    number = feed_reader(token)
    try:
        if number is not None:
            return pipeline.open(number)
    except NotAMember:
        pass
    raise Http404("There is no such feed.")


def _entries(pipe: Pipeline) -> list[Entry]:
    """Return what was raised lately and stands, the newest first, each with its deal."""
    since = pipe.at - timedelta(days=DAYS)
    states = pipe.signals.standing(since=since, until=pipe.at)
    return signals.with_deals(pipe, signals.concerning(pipe, states, since)[:MOST])


def _written(
    request: HttpRequest, entries: list[Entry], company: str, changed: datetime | None
) -> str:
    feed = _Feed(
        title=_plain(f"Ridealong, {company}" if company else "Ridealong"),
        link=request.build_absolute_uri("/today"),
        description=f"What was noticed in the last {DAYS} days and stands.",
        feed_guid=f"tag:ridealong,2026:feed:{company}",
        feed_url=None,
        changed=changed or clock.now(),
    )
    for item, deal in entries:
        feed.add_item(
            title=_plain(f"{deal.name}: {item.signal.words}"),
            link=request.build_absolute_uri(f"/deals/{deal.id}"),
            description=_plain(_described(item, deal)),
            unique_id=f"tag:ridealong,2026:{_digest(item)}",
            updateddate=item.signal.raised_at,
            pubdate=item.signal.raised_at,
            author_name="Ridealong",
            categories=(item.rule.title,),
        )
    return feed.writeString("utf-8")


class _Feed(Atom1Feed):
    """Without an entry it changed when the feed says, not at this moment."""

    def latest_post_date(self) -> Any:
        """Return when the newest was raised."""
        return self.feed["changed"]


def _described(item: Item, deal: DealState) -> str:
    evidence = format_html_join(
        "", "<li>{}</li>", ((each["text"],) for each in item.signal.evidence)
    )
    return format_html(
        "<p>{}</p><ul>{}</ul><p>What helps: {}</p><p>{}</p>",
        item.signal.words,
        evidence,
        item.rule.to_do,
        " · ".join(each for each in (deal.company, deal.stage, deal.salesperson) if each),
    )


def _digest(item: Item) -> str:
    whole = f"{item.signal.key}@{item.signal.raised_at.isoformat()}"
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def _plain(text: str) -> str:
    """Return a text without signs that XML cannot hold."""
    return "".join(sign for sign in text if sign.isprintable() or sign in "\n\t ")
