"""The figures of a leader: what each is called, what it counts, and what to try about it."""

from __future__ import annotations

from dataclasses import replace

from ridealong.views.leadership.figures import Kind

COLLECTING = ("status_check", "forecast_review", "pipeline_review")
"""Natures of talks that ask for what the record has, or should."""
NOTICE_DAYS = 2
ACT_DAYS = 7
HALF = 0.5
"""Half of what there is; of what is counted for each salesperson and week, once in two weeks."""
SALESPERSON_WEEKS = "for each salesperson and week"

_KINDS = (
    Kind(
        name="reach",
        short="talks each week",
        title="Weeks with a talk",
        of="weeks of each salesperson",
        sort="share",
        better=1,
        level=HALF,
        words="{who} spoke with the salesperson in {hits} of {of} salesperson-weeks ({now})",
        amiss="Try a fixed time each week, first with those whose bars under Reach are emptiest.",
        well="Keep to it.",
    ),
    Kind(
        name="collecting",
        short="what talks are about",
        title="Talk that collects",
        of="minutes of talks, each talk once",
        sort="share",
        better=-1,
        level=HALF,
        words="{now} of the time that {who} talked with the team went into status and forecast",
        amiss="Try opening each talk with one deal’s next decision, and look at this again.",
        well="Keep to it.",
    ),
    Kind(
        name="asked",
        short="how often status is asked for",
        title="Asked for status, each week",
        of=SALESPERSON_WEEKS,
        sort="rate",
        better=-1,
        level=HALF,
        words="{who} asked for status {hits} times in twelve weeks, {now} times "
        + SALESPERSON_WEEKS,
        amiss="Try reading the week’s numbers in the brief, and asking for what it marks as "
        "missing.",
        well="Keep to it.",
        none="{who} never asked for status in twelve weeks, while {spoken} salesperson-weeks had "
        "a talk",
    ),
    Kind(
        name="depth",
        short="deals discussed",
        title="Open value discussed",
        of="open deals, by value",
        sort="share",
        better=1,
        level=HALF,
        words="Open deals worth {now} of the team’s open value were discussed with {who}",
        amiss="Try taking the largest deals not spoken of onto the next agendas: the evidence "
        "lists them.",
        well="Keep to it: the evidence lists what was not spoken of.",
    ),
    Kind(
        name="rides",
        short="ride-alongs",
        title="Ride-alongs, each week",
        of=SALESPERSON_WEEKS,
        sort="rate",
        better=1,
        level=None,
        words="{who} joined {now} meetings with buyers " + SALESPERSON_WEEKS,
        amiss="Try choosing one meeting with a buyer each week from the page Ride-alongs.",
        well="Keep to it.",
    ),
    Kind(
        name="given",
        short="guidance given",
        title="Guidance given, each week",
        of=SALESPERSON_WEEKS,
        sort="rate",
        better=1,
        level=HALF,
        words="{who} gave {hits} pieces of guidance in twelve weeks, {now} " + SALESPERSON_WEEKS,
        amiss="Try ending each talk about a deal with one thing to do, and a day.",
        well="Keep to it, and see how much of it is followed.",
        none="{who} gave no guidance in twelve weeks, while {spoken} salesperson-weeks had a talk",
    ),
    Kind(
        name="followed",
        short="guidance followed",
        title="Guidance followed",
        of="pieces of guidance that are settled",
        sort="share",
        better=1,
        level=HALF,
        words="Of {of} pieces of {who}’s guidance settled, {hits} were followed ({now}; besides, "
        "{beside})",
        amiss="Try asking, of each that was not followed, what stood in the way: the evidence "
        "lists them.",
        well="Keep to it, and look at what came of it on the deals.",
    ),
    Kind(
        name="noticed",
        short="noticing signals",
        title=f"Noticed within {NOTICE_DAYS} days",
        of=f"signals of what goes wrong, {NOTICE_DAYS} days old or more; not those that cleared "
        "sooner unnoticed",
        sort="share",
        better=1,
        level=HALF,
        words="{who} noticed {hits} of {of} signals of what went wrong on the team’s deals within "
        f"{NOTICE_DAYS} days ({{now}})",
        amiss="Try a look at Today each morning, or the daily digest.",
        well="Keep to it, and see how many were acted upon.",
    ),
    Kind(
        name="acted",
        short="acting on signals",
        title=f"Acted upon within {ACT_DAYS} days",
        of=f"signals of what goes wrong, {ACT_DAYS} days old or more; not those that cleared "
        "sooner untouched",
        sort="share",
        better=1,
        level=HALF,
        words="{who} acted upon {hits} of {of} signals of what went wrong on the team’s deals "
        f"within {ACT_DAYS} days ({{now}})",
        amiss="Try going through those not acted upon with each salesperson: the evidence lists "
        "them.",
        well="Keep to it, and look at what came of it on the deals.",
    ),
    Kind(
        name="crowding",
        short="edits before the call",
        title="Edits in the 24 hours before {call}",
        of="edits of the team’s deals",
        sort="share",
        better=-1,
        level=None,
        words="{hits} of {of} edits of {who}’s team’s deals ({now}) came in the 24 hours before "
        "{call}",
        amiss="Try, with one salesperson first, entering changes on the day they happen.",
        well="Keep to it.",
    ),
)


def kinds(call: str) -> tuple[Kind, ...]:
    """Return every figure, with when the call is, or is taken to be, wherever one speaks of it."""
    return tuple(
        replace(
            kind,
            title=kind.title.replace("{call}", call),
            words=kind.words.replace("{call}", call),
        )
        for kind in _KINDS
    )
