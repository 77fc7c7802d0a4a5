"""The letter that brings a leader's brief: what it says in the mail, all of it as PDF beside."""

from __future__ import annotations

from ridealong.faces.documents import pdf
from ridealong.faces.mail.letters import About, Action, File, Letter, Line, Nothing, Section
from ridealong.faces.mail.people import member
from ridealong.jobs.models import Run
from ridealong.record import pipeline
from ridealong.record.pipeline import NotVisible
from ridealong.telling import briefs
from ridealong.views import briefing
from ridealong.views.briefing import Brief, Entry, Landing, spoken
from ridealong.views.inspection.wording import day, money, total


def letter(run: Run) -> Letter:
    """Write a kept brief to a member.

    ``plan``: {"member": the leader's number, "to": the reader's, "brief": key of the kept one,
    "address": of the pages}. Raises ``Nothing`` where the leader sends it to them no more.
    """
    leader, them = member(run.plan["member"]), member(run.plan["to"])
    pipe = pipeline.open(leader.id)
    if them.id not in {each.id for each in briefs.may_be_sent_to(pipe)}:
        raise Nothing(f"{leader.name} may not send them their brief any more.")
    try:
        made = briefing.read_keyed(pipe, run.plan["brief"])
    except NotVisible as error:
        raise Nothing(str(error)) from error
    zone = pipe.organisation.time_zone
    at = made.at.astimezone(zone)
    return Letter(
        name=them.name,
        email=them.email,
        subject=f"Brief of {day(at.date())}: {leader.name}",
        heading=f"Brief of {at:%A}, {day(at.date())}",
        paragraphs=made.headline,
        facts=tuple((spoken(each.period), _landing(made, each)) for each in made.landings),
        sections=tuple(_sections(made, run.plan["address"])),
        action=Action("Open Ridealong", f"{run.plan['address']}brief"),
        why=f"You get this because {leader.name} sends you their brief. "
        "Ask them, if you would rather not have it by mail.",
        files=(File(f"brief-{at:%Y-%m-%d}.pdf", "pdf", pdf(made, zone)),),
    )


def _landing(made: Brief, landing: Landing) -> str:
    words = [
        f"won {total(landing.won.amount, made.currency)}",
        f"{total(landing.due.amount, made.currency)} should still close",
    ]
    if landing.range is not None:
        likely = (total(amount, made.currency) for amount in (landing.range.p10, landing.range.p90))
        words.append(f"likely {' to '.join(likely)}, with 80%")
    words += [f"{c.member} calls {total(c.amount, made.currency)}" for c in landing.calls]
    return "; ".join(words)


def _sections(made: Brief, address: str) -> list[Section]:
    found = []
    if made.help:
        asked = tuple(
            About(each.deal.name, f"{address}deals/{each.deal.id}", each.leader, (Line(each.text),))
            for each in made.help
        )
        found.append(Section("Help wanted from you", "urgent", asked))
    for heading, tone, entries in (("Hot deals", "good", made.hot), ("Risks", "to_do", made.risks)):
        if entries:
            told = tuple(_about(each, address) for each in entries)
            found.append(Section(heading, tone, told))
    return found


def _about(entry: Entry, address: str) -> About:
    deal = entry.deal
    detail = [deal.company, deal.salesperson, deal.stage, money(deal.amount, deal.currency)]
    why = " ".join(entry.why) or "Nothing stands against it."
    doing = ". ".join(entry.doing) or "Nothing is agreed, and no next step is known."
    lines = [Line(why), Line(doing)]
    if entry.remark:
        lines.append(Line(f"“{entry.remark}”"))
    return About(
        deal.name, f"{address}deals/{deal.id}", " · ".join(filter(None, detail)), tuple(lines)
    )
