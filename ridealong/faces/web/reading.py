"""Opening the pipeline for a page: as whom, at which moment, compared with which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from ridealong.lib.clock import parse_moment
from ridealong.record import pipeline
from ridealong.record.pipeline import NotAMember, Pipeline
from ridealong.record.states import Member
from ridealong.views import briefing


def signed_in(request: HttpRequest) -> Member | None:
    """Return the member who is signed in; None for nobody, or one who is no member any more."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    try:
        return pipeline.open(user.member_id).viewer
    except NotAMember:
        return None


def one_who_configures(request: HttpRequest) -> Member:
    """Return the owner or admin who is signed in. Raises ``PermissionDenied``."""
    member = signed_in(request)
    if member is None or member.role not in {"owner", "admin"}:
        raise PermissionDenied("Only owners and admins may do this.")
    return member


@dataclass(frozen=True)
class Looking:
    """What a page looks at. ``problem``: what was wrong with the address, in words."""

    pipe: Pipeline
    at_words: str
    since_words: str
    known_words: str = ""
    problem: str = ""

    @cached_property
    def earlier(self) -> Pipeline:
        """The moment compared with: that of the address, the last kept brief, a week before."""
        zone = self.pipe.organisation.time_zone
        if self.since_words:
            since = parse_moment(self.since_words, zone)
            return self.pipe.moved(min(since, self.pipe.at), self.pipe.known)
        return briefing.earlier_than(self.pipe, briefing.last_kept(self.pipe))

    @property
    def times(self) -> str:
        """The times as they stand in an address, to go along with links; "" for the defaults."""
        said = {"at": self.at_words, "since": self.since_words, "known": self.known_words}
        return urlencode({name: words for name, words in said.items() if words})


def looking(request: HttpRequest) -> Looking:
    """Open the pipeline for whoever is signed in. Raises ``PermissionDenied`` for no member."""
    at_words = request.GET.get("at", "").strip()
    since_words = request.GET.get("since", "").strip()
    known_words = request.GET.get("known", "").strip()
    try:
        here = pipeline.open(request.user.member_id)  # type: ignore[union-attr]
    except NotAMember as error:
        raise PermissionDenied(str(error)) from error
    zone = here.organisation.time_zone
    problem = ""
    at, known = here.at, None
    try:
        if at_words:
            at = min(parse_moment(at_words, zone), here.at + timedelta(days=366))
        if since_words:
            parse_moment(since_words, zone)
        if known_words:
            known = parse_moment(known_words, zone)
    except ValueError as error:
        problem, at_words, since_words, known_words = str(error), "", "", ""
        at, known = here.at, None
    return Looking(here.moved(at, known), at_words, since_words, known_words, problem)


def local(pipe: Pipeline, moment: datetime) -> datetime:
    """Return a moment in the company's time zone."""
    return moment.astimezone(pipe.organisation.time_zone)
