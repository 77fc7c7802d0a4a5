"""The addresses below /api, each a view of the pipeline that whoever asks may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.errors import HttpError

from ridealong.faces.api.asking import Key, Problem, SignedIn, earlier, moment, opened
from ridealong.lib import clock
from ridealong.lib.periods import SPANS
from ridealong.record.leading_states import Employed
from ridealong.record.pipeline import NotVisible, Pipeline
from ridealong.views import briefing, coaching, forecasting, inspection, leadership, said
from ridealong.views.inspection import Selection

api = NinjaAPI(
    title="Ridealong",
    version="1",
    description="The pipeline at any moment, as the member may see it whose key it is. "
    "`at`, `since` and `known` are dates (the end of that day) or ISO 8601 date-times.",
    auth=[Key(), SignedIn()],
    docs_url=None,
)
PER_PAGE = 100
JSON = dict[str, Any]
ANSWERS: Any = {200: JSON, 400: Problem, 401: Problem, 403: Problem, 404: Problem}


@api.get("/pipeline", response=ANSWERS)
def get_pipeline(
    request: HttpRequest, at: str = "", since: str = "", known: str = "", page: int = 1
) -> JSON:
    """Return the open deals, the most valuable first, a hundred a page, and what changed."""
    pipe = opened(request, at, known)
    before = earlier(pipe, since) or briefing.earlier_than(pipe, briefing.last_kept(pipe))
    if not 1 <= page <= 1_000_000:
        raise HttpError(400, "page is a number from 1 on.")
    seen = inspection.inspect(pipe, before, Selection(), page=page, per_page=PER_PAGE)
    return {**inspection.inspection_shape(seen), "page": seen.page, "pages": seen.pages}


@api.get("/deals/{path:key}", response=ANSWERS)
def get_deal(request: HttpRequest, key: str, at: str = "", known: str = "") -> JSON:
    """Return a deal by its id: what to say aloud, its people, story and guidance, and its odds."""
    pipe = opened(request, at, known)
    try:
        story = inspection.story(pipe, key)
    except NotVisible as error:
        raise HttpError(404, str(error)) from error
    outcomes = coaching.followed(pipe, pipe.leading.guidance(deals=[story.deal.id]))
    return {
        **inspection.story_shape(story),
        "odds": forecasting.odds_shape(forecasting.deal_odds(pipe, story.deal), story),
        "guidance": [coaching.followed_shape(each) for each in outcomes],
    }


@api.get("/brief", response=ANSWERS)
def get_brief(request: HttpRequest, at: str = "", since: str = "", known: str = "") -> JSON:
    """Return the brief for the CEO."""
    pipe = opened(request, at, known)
    return briefing.brief_shape(briefing.brief(pipe, earlier(pipe, since)))


@api.get("/forecast", response=ANSWERS)
def get_forecast(
    request: HttpRequest, at: str = "", known: str = "", horizon: str = "month"
) -> JSON:
    """Return the odds of open deals by a horizon (7d, 30d, week, month, quarter, ever), rolled up.

    By member: what is won already, what open and new deals bring. Of week, month and quarter also
    the waterfall since a week ago.
    """
    pipe = opened(request, at, known)
    try:
        asked = forecasting.horizon(pipe, horizon)
    except ValueError as error:
        raise HttpError(400, str(error)) from error
    shape = forecasting.forecast_shape(pipe, forecasting.forecast(pipe, asked))
    span = next((each for each in SPANS if each == horizon), None)
    moved = forecasting.waterfall_shape(forecasting.waterfall(pipe, span)) if span else None
    return {**shape, "waterfall": moved}


@api.get("/conversations", response=ANSWERS)
def get_conversations(
    request: HttpRequest,
    at: str = "",
    since: str = "",
    known: str = "",
    leader: str = "",
    salesperson: str = "",
) -> JSON:
    """Return when leaders last spoke with each salesperson, how often a week, and about what.

    `leader`, `salesperson`: their e-mail addresses.
    """
    pipe = opened(request, at, known)
    leaders = coaching.leaders(pipe)
    if leader:
        leaders = [_called(leaders, leader)]
    only = [_called(_seen(pipe), salesperson).id] if salesperson else None
    start = moment(pipe, since)
    made = [coaching.ledger(pipe, each, start, only=only) for each in leaders]
    return coaching.ledgers_shape(pipe, made)


@api.get("/leadership", response=ANSWERS)
def get_leadership(request: HttpRequest, at: str = "", known: str = "") -> JSON:
    """Return how each leader in sight leads, over twelve weeks against the twelve before."""
    return leadership.overview_shape(leadership.overview(opened(request, at, known)))


@api.get("/said", response=ANSWERS)
def get_said(request: HttpRequest, at: str = "", deal: str = "", page: int = 1) -> JSON:
    """Return what was said at a moment beside what came of it by now, a hundred deals a page.

    With how near it was so far. `deal`: what was said about that deal, by its id, over time.
    """
    then = opened(request, at)
    if deal:
        try:
            return said.course_shape(said.of_deal(then, then.deal(deal)))
        except NotVisible as error:
            raise HttpError(404, str(error)) from error
    if not 1 <= page <= 1_000_000:
        raise HttpError(400, "page is a number from 1 on.")
    now = then.moved(max(clock.now(), then.at))
    found = said.said_at(then, now, page=page, per_page=PER_PAGE)
    accuracy = said.accuracy_shape(said.accuracy(now))
    return {**said.said_shape(found), "accuracy": accuracy}


def _seen(pipe: Pipeline) -> list[Employed]:
    seen = {member.id for member in pipe.members()}
    return [each for each in pipe.leading.employed.values() if each.id in seen]


def _called(among: Iterable[Employed], email: str) -> Employed:
    wanted = email.strip().lower()
    for each in among:
        if each.email == wanted:
            return each
    raise HttpError(404, f"Nobody whom you may see has the e-mail address “{email}”.")
