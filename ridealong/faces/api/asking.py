"""Who asks, and at which moment."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Schema
from ninja.errors import HttpError
from ninja.security import HttpBearer, SessionAuth

from ridealong.credentials import keys
from ridealong.lib.clock import parse_moment
from ridealong.record import pipeline
from ridealong.record.pipeline import NotAMember, Pipeline


class Problem(Schema):
    """What went wrong, in a sentence."""

    detail: str


class Key(HttpBearer):
    """A member's key, as ``Authorization: Bearer ra_…``."""

    def authenticate(self, request: HttpRequest, token: str) -> int | None:
        """Return the member whose key it is."""
        del request
        return keys.member_of(token)


class SignedIn(SessionAuth):
    """Whoever is signed in at the pages."""

    def authenticate(self, request: HttpRequest, key: str | None) -> int | None:
        """Return the member who is signed in."""
        del key
        user = request.user
        return user.member_id if user.is_authenticated else None


def opened(request: HttpRequest, at: str = "", known: str = "") -> Pipeline:
    """Open the pipeline for whoever asks. Raises ``HttpError`` with a sentence."""
    member: int = request.auth  # type: ignore[attr-defined]  # set by ninja
    try:
        now = pipeline.open(member)
        return now.moved(moment(now, at) or now.at, moment(now, known))
    except NotAMember as error:
        raise HttpError(403, str(error)) from error


def moment(pipe: Pipeline, words: str) -> datetime | None:
    """Read a moment in the company's time zone, None for none. Raises ``HttpError``."""
    try:
        return parse_moment(words, pipe.organisation.time_zone) if words.strip() else None
    except (ValueError, OverflowError) as error:
        raise HttpError(400, str(error)) from error


def earlier(pipe: Pipeline, since: str) -> Pipeline | None:
    """Return the moment to compare with, None where none is asked for. Raises ``HttpError``."""
    found = moment(pipe, since)
    if found is None:
        return None
    if found > pipe.at:
        raise HttpError(400, f"since={since} is after the moment looked at.")
    return pipe.moved(found, pipe.known)
