"""What each figure of a leader counts, over the twelve weeks up to a moment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from ridealong.insight.ratios import FEWEST_WEEKS, Part
from ridealong.record.leading_states import Talk
from ridealong.record.pipeline import Criteria
from ridealong.record.signals import Episode
from ridealong.views.coaching import Followed
from ridealong.views.inspection.wording import day
from ridealong.views.leadership.figures import Counted
from ridealong.views.leadership.gathering import Told
from ridealong.views.leadership.kinds import ACT_DAYS, COLLECTING, NOTICE_DAYS
from ridealong.views.signals import Pace, pace

MOSTLY = 0.5
"""From this share of collecting on, a talk asks for status."""
_WORDS = Path(__file__).with_name("status_words.txt").read_text("utf-8").split("\n")
_STATUS = re.compile("|".join(rf"\b{re.escape(w)}\b" for w in _WORDS if w), re.IGNORECASE)


def counted(told: Told) -> dict[str, tuple[list[Part], list[Counted]]]:
    """Return, of each figure, what goes into it, and the evidence to show."""
    talks = told.talks()
    asked = [*_asked_in_talks(told, talks), *_asked_by_mail(told)]
    rides = [e for talk in talks if talk.with_buyer for e in _of_talk(told, talk)]
    guidance = [g for person in told.ledger.people for g in person.guidance]
    given = [_guidance(each, 1.0) for each in guidance if each.outcome != "withdrawn"]
    settled = [
        _guidance(each, float(each.outcome == "followed"))
        for each in guidance
        if each.outcome in {"followed", "not_followed"}
    ]
    reach = _reach(told)
    collecting = [_collecting(told, talk) for talk in talks if talk.nature]
    return {
        "reach": (_parts(told, reach), reach),
        "collecting": (_parts(told, collecting), collecting),
        "asked": (_rate(told, asked, told.talks_since), asked),
        "depth": _depth(told, talks),
        "rides": (_rate(told, rides, told.talks_since), rides),
        "given": (_rate(told, given, told.guidance_since), given),
        "followed": (_parts(told, settled), settled),
        "noticed": _reacted(told, NOTICE_DAYS, acted=False),
        "acted": _reacted(told, ACT_DAYS, acted=True),
    }


def _parts(told: Told, found: Iterable[Counted]) -> list[Part]:
    return [Part(c.hit, c.of, told.week(c.at or told.pipe.at), c.person) for c in found]


def _rate(told: Told, found: Sequence[Counted], since: Mapping[int, datetime]) -> list[Part]:
    """Return how many there were for each salesperson in each week of which it would be known."""
    counts: dict[tuple[int, int], float] = {}
    for each in found:
        at = (told.week(each.at or told.pipe.at), each.person)
        counts[at] = counts.get(at, 0.0) + each.hit
    return [
        Part(counts.get((week, person), 0.0), 1.0, week, person)
        for person in sorted(told.team)
        for week in told.weeks(since[person])
    ]


def _reach(told: Told) -> list[Counted]:
    zone = told.pipe.organisation.time_zone
    found = []
    for person in told.ledger.people:
        if person.member.id not in told.team:
            continue
        weeks = [told.week(talk.at) for talk in person.talks]
        for week in told.weeks(told.talks_since[person.member.id]):
            begins = told.since + timedelta(weeks=week)
            count = weeks.count(week)
            first = day(begins.astimezone(zone).date())
            talks = f"{count or 'no'} talk{'' if count == 1 else 's'}"
            found.append(
                Counted(
                    begins,
                    person.member.id,
                    f"The week from {first}: {talks}",
                    float(count > 0),
                    1.0,
                    "person",
                    str(person.member.id),
                )
            )
    return found


def _title(talk: Talk) -> str:
    return talk.title or "Conversation"


def _collecting(told: Told, talk: Talk) -> Counted:
    share = sum(talk.nature.get(name, 0.0) for name in COLLECTING)
    minutes = talk.minutes or 30.0
    return Counted(
        talk.at,
        told.person(talk),
        f"{_title(talk)}: {share:.0%} collecting, {minutes:.0f} minutes",
        share * minutes,
        minutes,
        "talk",
        talk.key,
    )


def _of_talk(told: Told, talk: Talk) -> list[Counted]:
    """A talk once for each salesperson who took part."""
    return [
        Counted(talk.at, number, _title(talk), 1.0, 1.0, "talk", talk.key)
        for number in talk.members
        if number in told.team
    ]


def _asked_in_talks(told: Told, talks: Iterable[Talk]) -> list[Counted]:
    return [
        each
        for talk in talks
        if sum(talk.nature.get(name, 0.0) for name in COLLECTING) >= MOSTLY
        for each in _of_talk(told, talk)
    ]


def _asked_by_mail(told: Told) -> list[Counted]:
    """Mails among colleagues are in few records: mailboxes bring only those with buyers."""
    return [
        Counted(mail.at, number, f"Mail: {mail.title}", 1.0, 1.0, "", "")
        for mail in told.pipe.editing.asked_by_mail(told.leader.id, told.since)
        if _STATUS.search(f"{mail.title} {mail.text}")
        for number in mail.members
        if number in told.team
    ]


def _guidance(one: Followed, hit: float) -> Counted:
    given = one.given
    return Counted(
        given.at,
        given.salesperson_id or 0,
        f"“{given.text}”: {one.outcome.replace('_', ' ')}",
        hit,
        1.0,
        "deal" if one.deal else "person",
        str(one.deal.id if one.deal else given.salesperson_id),
    )


def _depth(told: Told, talks: Iterable[Talk]) -> tuple[list[Part], list[Counted]]:
    # Before talks are told of for some weeks, silence says nothing.
    if told.pipe.at - min(told.talks_since.values()) < timedelta(weeks=FEWEST_WEEKS):
        return [], []
    spoken_of = {deal for talk in talks for deal in talk.deals}
    found = []
    for deal in told.pipe.open_deals(Criteria(salespeople=told.team)):
        if deal.value is None:
            continue
        worth = float(deal.value)
        hit = worth if deal.id in spoken_of else 0.0
        person = deal.salesperson_id or 0
        said = f"{deal.name}: {'discussed' if hit else 'not spoken of'}"
        found.append(Counted(None, person, said, hit, worth, "deal", str(deal.id)))
    # Each deal stands for itself: what is so now has no week.
    return [Part(c.hit, c.of, n, c.person) for n, c in enumerate(found)], found


def pace_of(told: Told, days: int, *, acted: bool) -> Pace:
    """Return how soon, of the signals that the figure counts, those that were reacted to at all."""
    times = [at - episode.raised_at for episode, at in _old_enough(told, days, acted) if at]
    return pace(times)


def _old_enough(told: Told, days: int, acted: bool) -> Iterator[tuple[Episode, datetime | None]]:
    """Signals that stood long enough to say, or were reacted to, and when that was."""
    limit = timedelta(days=days)
    for each in told.noticing.reactions:
        episode = each.episode
        at = each.acted_at if acted else each.noticed_at
        gone = episode.cleared_at is not None and episode.cleared_at - episode.raised_at < limit
        if told.pipe.at - episode.raised_at >= limit and not (gone and at is None):
            yield episode, at


def _reacted(told: Told, days: int, *, acted: bool) -> tuple[list[Part], list[Counted]]:
    """Signals that are old enough to say, and whether it took the leader no longer than that."""
    limit = timedelta(days=days)
    deals = {each.episode.deal_id for each in told.noticing.reactions}
    carried = {d.id: d for d in told.pipe.deals_numbered(sorted(deals))}
    found = []
    for episode, at in _old_enough(told, days, acted):
        deal = carried.get(episode.deal_id)
        found.append(
            Counted(
                episode.raised_at,
                (deal.salesperson_id if deal else None) or 0,
                f"{deal.name if deal else 'A deal'}: {episode.words}",
                float(at is not None and at - episode.raised_at <= limit),
                1.0,
                "deal",
                str(episode.deal_id),
            )
        )
    return _parts(told, found), found
