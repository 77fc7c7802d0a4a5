"""Who of the buyer is with us."""

from __future__ import annotations

from datetime import timedelta
from itertools import takewhile

from ridealong.record.states import Contact
from ridealong.views.coaching.criteria.people import champions, economic_buyer_met
from ridealong.views.signals.case import Case
from ridealong.views.signals.rule import Evidence, Found, Rule, Setting, Values, seen
from ridealong.views.signals.saying import basis, counted, day, on, sentence, whole, words


class SingleThreaded(Rule):
    """One person of the buyer is in contact with us, where won deals had several."""

    name = "single_threaded"
    title = "Single-threaded"
    about = (
        "Only one person of the buyer was in contact lately, where three of four deals that were "
        "won had more by the end of this stage: if this person falls silent, the deal does."
    )
    to_do = "Ask your contact who else is affected, and bring that person into the next meeting."
    settings = (
        Setting("days", "days in the stage before it is shown", 14, 0, 180),
        Setting("heard", "days that somebody counts after being in contact", 90, 14, 365),
    )

    def judge(self, case: Case, values: Values) -> Found | None:
        """Count people in contact; silent where activities do not say with whom they were."""
        normal = case.normal.people
        if not case.hears or normal.value < 2:
            return None
        heard = {
            key: last
            for key, last in case.heard.items()
            if case.clock.within(last.at, values["heard"])
        }
        settled = case.deal.stage_since + timedelta(days=values["days"])
        if len(heard) != 1 or not case.clock.reached(settled):
            return None
        key, last = next(iter(heard.items()))
        who = case.people[key].name if key in case.people else "One person"
        return Found(
            f"Only {who} of the buyer is in contact with us.",
            (
                seen(last),
                Evidence(
                    f"Three of four won deals had {whole(normal.value)} people or more in contact"
                    f" by the end of this stage ({basis(normal)})"
                ),
            ),
        )


class NoDecisionMaker(Rule):
    """Nobody who has the say over the money was met, and the close date is near."""

    name = "no_decision_maker"
    title = "No decision maker met"
    about = (
        "The close date is near, and nobody who has the say over the money was in a meeting or "
        "phone call, as was in most deals that were won by the end of this stage."
    )
    to_do = "Ask your contact for half an hour with whoever signs, with a reason that serves them."
    settings = (
        Setting("days", "days before the close date from which it is shown", 30, 1, 180),
        Setting("share", "percent of won deals that had met one, at least", 50, 1, 100),
    )

    def judge(self, case: Case, values: Values) -> Found | None:
        """Ask the exit criterion of the same name; where the record cannot know, be silent."""
        closes = case.deal.close_date
        normal = case.normal.power
        if closes is None or normal.value * 100 < values["share"]:
            return None
        if not case.clock.passed(closes, -int(values["days"]) - 1):
            return None
        ruling = economic_buyer_met(case.as_criteria)
        if ruling.state != "missing":
            return None
        evidence = ruling.evidence
        return Found(
            f"It is to close on {day(closes)}, and no decision maker was met.",
            (
                Evidence(evidence.text, evidence.activity, evidence.at),
                Evidence(
                    f"Met by the end of this stage in {round(normal.value * 100)}% of deals"
                    f" ({basis(normal)})"
                ),
            ),
        )


class ChampionSilent(Rule):
    """The champion is in no contact any more, and others are."""

    name = "champion_silent"
    title = "Champion silent"
    about = (
        "Whoever speaks for us at the buyer was in no contact for longer than buyers were in nine "
        "of ten deals that were won, while others were."
    )
    to_do = "Call your champion, and ask what they hear inside."
    settings = (Setting("days", "days of silence at least, whatever is normal", 21, 1, 180),)

    def judge(self, case: Case, values: Values) -> Found | None:
        """Count from the last contact with any champion; silent where no one's role says so."""
        known = champions(case.people)
        if not known or not case.hears or any(known.keys() & set(e.contacts) for e in case.ahead):
            return None
        normal = case.normal.quiet_days
        pause = timedelta(days=max(values["days"], normal.value))
        last = next((e for e in case.from_buyer if known.keys() & set(e.contacts)), None)
        # Where nobody is in contact the deal goes dark: another rule says so.
        if last is None or last is case.from_buyer[0] or not case.clock.reached(last.at + pause):
            return None
        names = ", ".join(sorted(known[key].name for key in last.contacts if key in known))
        return Found(
            f"{names} was last in contact on {on(case, last.at)}.",
            (
                seen(last),
                Evidence(
                    f"Nine of ten won deals had no pause over {counted(normal.value, 'day')} in"
                    f" this stage ({basis(normal)})"
                ),
            ),
        )


class ChampionGone(Rule):
    """A mail or talk says that the champion left."""

    name = "champion_gone"
    title = "Champion gone"
    about = "The buyer says that whoever speaks for us there has left, or is leaving."
    to_do = "Find out today who takes over, and ask your champion for an introduction."
    urgent = True
    settings = (Setting("days", "days that it is shown", 30, 1, 60),)

    def judge(self, case: Case, values: Values) -> Found | None:
        """Look for words of leaving that name the champion, or are the champion's own."""
        known = champions(case.people)
        if not known:
            return None
        lists = words()
        for each in takewhile(lambda e: case.clock.within(e.at, values["days"]), case.from_buyer):
            if not lists.says(each.text, "gone"):
                continue
            found = lists.found([each], "gone")
            names = [p.name for p in known.values() if found and _is_of(p, found[1], each.contacts)]
            if found and names:
                return Found(
                    f"{names[0]} is leaving or has left, as said on {on(case, each.at)}.",
                    (seen(each, f"“{sentence(found[1])}”"),),
                )
        return None


def _is_of(person: Contact, text: str, contacts: tuple[str, ...]) -> bool:
    """Say whether a sentence names somebody, or is their own word about themselves."""
    last = person.name.split()[-1] if person.name else ""
    if len(last) > 2 and last.casefold() in text.casefold():
        return True
    return contacts == (person.key,) and words().says(text, "myself")
