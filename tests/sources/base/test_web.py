"""Asking a web service that is busy, broken, or wants something."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from werkzeug import Request, Response

from ridealong.lib.again import Refused, TryAgain
from ridealong.sources.base.oauth import renewed
from ridealong.sources.base.web import BadAnswer, Busy, Service
from tests.support.web import served


class Answers:
    """A service that gives what it is told to, one answer after another."""

    def __init__(self) -> None:
        self.next: list[Response] = []
        self.asked: list[tuple[str, str]] = []

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        self.asked.append((request.path, request.headers.get("Authorization", "")))
        answer = self.next.pop(0) if self.next else said({"ok": True})
        return answer(environ, start_response)


def said(body: Any, status: int = 200, **headers: str) -> Response:
    return Response(json.dumps(body), status, headers, mimetype="application/json")


@pytest.fixture
def answers() -> Iterator[tuple[Answers, str]]:
    made = Answers()
    with served(made) as address:
        yield made, address


def service(address: str, **more: Any) -> Service:
    return Service(
        "Acme", address, authorise=lambda: {"Authorization": "Bearer s3cret"}, attempts=1, **more
    )


def test_an_answer_is_read(answers):
    assert service(answers[1]).get("deals", {"start": 1}) == {"ok": True}
    assert answers[0].asked == [("/deals", "Bearer s3cret")]


def test_a_short_wait_is_waited_and_a_long_one_is_left_to_the_caller(answers):
    answers[0].next = [said({}, 429, **{"Retry-After": "0"})]
    assert service(answers[1]).get("deals") == {"ok": True}
    answers[0].next = [said({}, 429, **{"Retry-After": "300"})]
    with pytest.raises(TryAgain, match="asks to wait 300 seconds") as caught:
        service(answers[1]).get("deals")
    assert caught.value.after == timedelta(seconds=300)


def test_what_only_asks_is_sent_again_and_what_creates_is_not(answers):
    answers[0].next = [said({}, 503)]
    assert service(answers[1]).query("deals/search", {"limit": 1}) == {"ok": True}
    answers[0].next = [said({"why": "busy"}, 503)]
    with pytest.raises(Busy) as caught:
        service(answers[1]).post("deals", {"name": "new"})
    assert caught.value.body == {"why": "busy"}
    assert [path for path, _ in answers[0].asked] == ["/deals/search", "/deals/search", "/deals"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_stays_busy_is_tried_again_later(answers, status):
    answers[0].next = [said({}, status), said({}, status)]
    with pytest.raises(TryAgain, match=str(status)):
        service(answers[1]).get("deals")


def test_an_expired_token_is_renewed_once(answers):
    answers[0].next = [said({}, 401)]
    assert service(answers[1], renew=lambda: True).get("deals") == {"ok": True}
    answers[0].next = [said({}, 401), said({}, 401)]
    with pytest.raises(Refused, match="enter it anew") as caught:
        service(answers[1], renew=lambda: True).get("deals")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"message": "No such property"}, "No such property"),
        ([{"errorCode": "X", "message": "bad field"}], "bad field"),
        ({"error": {"message": "denied"}}, "denied"),
        ({"error": "scope", "error_description": "missing scope"}, "missing scope"),
    ],
)
def test_the_services_own_words_come_along(answers, body, words):
    answers[0].next = [said(body, 400)]
    with pytest.raises(BadAnswer, match=words) as caught:
        service(answers[1]).get("deals")
    assert caught.value.status == 400


def test_what_is_no_json_and_nobody_at_home(answers):
    answers[0].next = [Response("<html>", 200)]
    with pytest.raises(TryAgain, match="not JSON"):
        service(answers[1]).get("deals")
    with pytest.raises(TryAgain, match="could not be reached"):
        service("http://127.0.0.1:9").get("deals")


def test_a_token_is_renewed_or_a_person_is_asked(answers):
    answers[0].next = [said({"access_token": "a", "expires_in": 3600, "refresh_token": "b"})]
    assert renewed("Acme", answers[1], {}) == {"access_token": "a", "refresh_token": "b"}
    answers[0].next = [said({"error": "invalid_grant"}, 400)]
    with pytest.raises(Refused, match="invalid_grant"):
        renewed("Acme", answers[1], {"refresh_token": "s3cret"})
    answers[0].next = [said({"status": "BAD", "message": "invalid refresh token"}, 400)]
    with pytest.raises(Refused, match="invalid refresh token"):
        renewed("Acme", answers[1], {"refresh_token": "s3cret"})
    answers[0].next = [said({}, 503)]
    with pytest.raises(TryAgain):
        renewed("Acme", answers[1], {})
