"""Whether the buyer is in contact with us."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import takewhile

from ridealong.record.evidence import Happening
from ridealong.views.signals.case import Case
from ridealong.views.signals.rule import Evidence, Found, Rule, Setting, Values, seen
from ridealong.views.signals.saying import basis, counted, on

RECENT_DAYS = 14
BEFORE_DAYS = 28
"""So many days before the recent ones show the deal's own pace."""


class GoingDark(Rule):
    """The buyer is silent for longer than in won deals."""

    name = "going_dark"
    title = "Going dark"
    about = (
        "The buyer was in no contact for longer than in nine of ten deals that were won, and no "
        "meeting is near. Counted from what the buyer wrote or took part in, never from an "
        "edit or a mail of ours."
    )
    to_do = "Call instead of writing, with one question that is easy to answer."
    settings = (Setting("days", "days of silence at least, whatever is normal", 14, 1, 180),)

    def judge(self, case: Case, values: Values) -> Found | None:
        """Count from the last contact; a meeting that comes as soon as one might is no silence."""
        if not case.hears:
            return None
        normal = case.normal.quiet_days
        pause = timedelta(days=max(values["days"], normal.value))
        last = case.from_buyer[0] if case.from_buyer else None
        since = last.at if last else case.deal.created_at
        near = any(case.clock.reached(each.at - pause) for each in case.ahead)
        if near or not case.clock.reached(since + pause):
            return None
        return Found(
            f"The buyer was last in contact on {on(case, last.at)}."
            if last
            else f"Nothing from the buyer is on record since it began on {on(case, since)}.",
            (
                *([seen(last)] if last else ()),
                Evidence(
                    f"Nine of ten won deals had no pause over {counted(normal.value, 'day')} in"
                    f" this stage ({basis(normal)})"
                ),
            ),
        )


class Unanswered(Rule):
    """Several mails of ours wait for an answer."""

    name = "unanswered"
    title = "Our mails unanswered"
    about = (
        "We wrote several times since the buyer was last in contact, and the first of these mails "
        "waits for longer than nine of ten mails did in deals that were won."
    )
    to_do = "Reach somebody else at the buyer, or call: another mail seldom helps."
    settings = (
        Setting("mails", "mails without an answer", 3, 1, 20),
        Setting("days", "days that the first one waits, whatever is normal", 7, 1, 90),
    )

    def judge(self, case: Case, values: Values) -> Found | None:
        """Look at our mails since the buyer's last contact; a meeting ahead is an answer."""
        if not case.hears_mail or case.ahead:
            return None
        mails = [
            each for each in case.since_buyer if each.kind == "email" and each.direction == "out"
        ]
        normal = case.normal.answer_days
        wait = timedelta(days=max(values["days"], normal.value))
        if len(mails) < values["mails"] or not case.clock.reached(mails[-1].at + wait):
            return None
        return Found(
            f"{counted(len(mails), 'mail')} of ours since {on(case, mails[-1].at)} have no answer.",
            (
                *(seen(each) for each in mails[:5]),
                Evidence(
                    f"Nine of ten answers in this stage come within"
                    f" {counted(normal.value, 'day')} ({basis(normal)})"
                ),
            ),
        )


class OneSided(Rule):
    """We do a lot, and nothing comes from the buyer."""

    name = "one_sided"
    title = "Much activity, none from the buyer"
    about = (
        "We wrote, called and noted a lot on this deal, and the buyer took part in none of it: a "
        "busy deal is not a moving one."
    )
    to_do = "Stop and ask your contact whether this still matters to them, and to whom else."
    settings = (
        Setting("count", "activities of ours", 6, 2, 50),
        Setting("days", "within so many days", 30, 7, 90),
    )

    def judge(self, case: Case, values: Values) -> Found | None:
        """Count what we did since the buyer's last contact, if that is long enough ago."""
        if not case.hears or case.ahead:
            return None
        since = case.from_buyer[0].at if case.from_buyer else case.deal.created_at
        if case.clock.within(since, values["days"]):
            return None
        done = _recent(case, case.since_buyer, values["days"])
        if len(done) < values["count"]:
            return None
        return Found(
            f"{len(done)} activities of ours in {int(values['days'])} days, none of them with the"
            f" buyer since {on(case, since)}.",
            tuple(seen(each) for each in done[:5]),
        )


class FallingOff(Rule):
    """The buyer is in contact much less than before, and less than is normal."""

    name = "falling_off"
    title = "Activity falling off"
    about = (
        "The buyer was in contact much less in the last two weeks than in the four weeks before, "
        "and less than in three of four deals that were won."
    )
    to_do = "Ask what changed on their side, and agree on the next date while you speak."
    settings = (
        Setting("share", "of its own pace at most, in percent", 34, 0, 90),
        Setting("before", "contacts in two weeks before, at least", 2, 1, 20),
    )

    def judge(self, case: Case, values: Values) -> Found | None:
        """Compare contacts in 14 days with the deal's own pace and with won deals."""
        if not case.hears or case.ahead:
            return None
        if not case.clock.reached(case.deal.created_at + timedelta(days=RECENT_DAYS + BEFORE_DAYS)):
            return None
        recent = _recent(case, case.from_buyer, RECENT_DAYS)
        before = _recent(case, case.from_buyer, RECENT_DAYS + BEFORE_DAYS)[len(recent) :]
        pace = len(before) * RECENT_DAYS / BEFORE_DAYS
        normal = case.normal.contacts
        slow = pace >= values["before"] and len(recent) <= pace * values["share"] / 100
        if not slow or len(recent) >= normal.value:
            return None
        return Found(
            f"{counted(len(recent), 'contact')} with the buyer in two weeks, after"
            f" {len(before)} in the four weeks before.",
            (
                *(seen(each) for each in [*recent, *before][:4]),
                Evidence(
                    f"Three of four won deals had {normal.value:.1f} or more in two weeks of this"
                    f" stage ({basis(normal)})"
                ),
            ),
        )


def _recent(case: Case, happenings: Sequence[Happening], days: float) -> list[Happening]:
    """Those of the last days; they come with the newest first."""
    return list(takewhile(lambda each: case.clock.within(each.at, days), happenings))
