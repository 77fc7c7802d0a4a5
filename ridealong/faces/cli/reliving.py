"""The simulated company's last weeks, lived once more: so that it was watched as it went.

Each Monday morning sees what was learned until then; each day would take everybody who tries it a
minute. What is noticed is kept as of that morning, what the leaders do about it as of when they do.
So are odds and ranges said, by each stage's own shares, learned twice: a fit that was tried takes
minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

from ridealong.record import pipeline
from ridealong.record.progress import Watch
from ridealong.record.signals import SignalState
from ridealong.record.states import Member
from ridealong.sources.demo.reacting import reactions
from ridealong.sources.demo.seeding import seed
from ridealong.sources.demo.staff import LEADERS
from ridealong.sources.demo.workdays import moment
from ridealong.sources.listening import hear_due
from ridealong.sources.people.responding import responded
from ridealong.watching.saying import WHATS, say_due
from ridealong.watching.watching import watch_due

WEEKS = 8
HOUR = 7.6
"""The hour of a morning at which what is due was judged."""
Due = list[tuple[SignalState, str, Member, datetime]]


def relive(today: date, progress: Watch | None = None) -> int:
    """Make the company of ``today`` in an empty record; return how many facts it told."""
    # What learns is slow to import, and no other command needs it.
    from ridealong.views.forecasting.fitting import fit_simply

    stops = [*_mornings(today), moment(today, 0)]
    added = seed(today, until=stops[0], progress=progress).added
    hear_due(progress, as_learned=True)
    due: Due = []
    fit = None
    for morning, following in pairwise(stops):
        watch_due(now=morning, live=False)
        last = following == stops[-1]
        if fit is None or last:
            fit = fit_simply(morning)
        say_due(now=morning, live=False, fit=fit, whats=WHATS if last else WHATS[:2])
        due = _react(due, morning, following)
        added += seed(today, since=morning, until=following).added
        hear_due(as_learned=True)
    return added


def _mornings(today: date) -> Iterator[datetime]:
    days = (today - timedelta(days=back) for back in range(WEEKS * 7, 0, -1))
    return (moment(day, HOUR) for day in days if day.weekday() == 0)


def _react(due: Due, morning: datetime, following: datetime) -> Due:
    """Let leaders react until the next morning to what stands; return what they do later."""
    standing: set[tuple[str, datetime]] = set()
    for leader in LEADERS:
        member = pipeline.member_with_email(leader.email)
        for signal in pipeline.open(member.id, morning, morning).signals.standing():
            standing.add((signal.key, signal.raised_at))
            if signal.raised_at == morning:
                due += [
                    (signal, did, member, at)
                    for did, at in reactions(leader.key, signal.key, signal.raised_at)
                ]
    due = [each for each in due if (each[0].key, each[0].raised_at) in standing]
    responded(each for each in due if each[3] < following)
    return [each for each in due if each[3] >= following]
