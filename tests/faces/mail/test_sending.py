"""Mail by a real server: what it gets, what it refuses, and that nothing goes twice."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from ridealong.faces.mail import delivering
from ridealong.faces.mail.carrying import carry_out
from ridealong.faces.mail.delivering import MAYBE
from ridealong.jobs import posting
from ridealong.jobs.models import Run
from ridealong.jobs.working import carry_waiting
from ridealong.lib import clock
from ridealong.lib.again import Interrupted
from ridealong.record import directory
from ridealong.record.facts import Fact
from ridealong.site.mailing import mail_server as read_settings
from tests.faces.mail.conftest import set_up_mail
from tests.record.telling import on, tell
from tests.support.smtp import LOGIN, PASSWORD, Post, certificate, mail_server
from tests.views.test_inspection import told

pytestmark = pytest.mark.django_db(transaction=True)


def asked(name: str = "lea") -> Run:
    """Ask for a test mail to a member."""
    told()
    number = next(m.id for m in directory.members() if m.key == name)
    about = {"member": number, "address": "https://ride.seller.example/"}
    return posting.post("test", about, subject=f"test:{number}")


def carried(run: Run) -> Run:
    carry_waiting()
    run.refresh_from_db()
    return run


def test_a_mail_comes_once_as_text_and_html_with_its_styles_in_place(post: Post):
    run = carried(asked())
    assert (run.state, run.error) == (Run.State.DONE, "")
    (mail,) = post.came
    assert (mail["To"], mail["Subject"]) == ("Lea <lea@seller.example>", "Ridealong can send mail")
    assert mail["From"] == "Ridealong <ride@seller.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "https://ride.seller.example/" in plain.get_content()
    assert "<" not in plain.get_content()
    page = html.get_content()
    assert 'style="' in page.split("<h1", 1)[1].split(">", 1)[0]
    assert "prefers-color-scheme: dark" in page
    assert "http://" not in page.replace("http://www.w3.org", ""), "nothing is fetched to show it"


def test_where_no_server_is_set_nothing_is_asked_for_and_it_says_so():
    with pytest.raises(posting.NotSetUp, match="Mail is not set up: set EMAIL_URL"):
        asked()
    assert not Run.objects.exists()


def test_nobody_of_a_simulated_company_gets_mail(post: Post):
    told()
    tell([Fact("organisation", "self", on(-29), {"simulated": True}, "sim")])
    with pytest.raises(posting.NotSetUp, match="simulated"):
        asked()


def test_who_is_greylisted_is_taken_the_second_time(post: Post):
    post.answers["RCPT"] = ["450 4.2.0 Greylisted, come back"]
    with time_machine.travel(clock.now(), tick=True) as now:
        run = carried(asked())
        assert (run.state, run.attempts) == (Run.State.WAITING, 1)
        assert "450" in run.error
        assert "Greylisted" in run.error
        assert not post.came
        now.shift(timedelta(seconds=40))
        assert carried(run).state == Run.State.DONE
    assert len(post.came) == 1


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_what_is_refused_for_good_is_not_tried_again_and_says_why(post: Post, command: str):
    post.answers[command] = ["550 5.1.1 No such user here"]
    run = carried(asked())
    assert (run.state, run.attempts) == (Run.State.FAILED, 0)
    assert run.error == "The mail server says: 550 5.1.1 No such user here"


def test_a_mail_that_is_put_off_after_it_was_read_is_tried_again(post: Post):
    post.answers["DATA"] = ["451 4.3.0 The disk is full"]
    with time_machine.travel(clock.now(), tick=True) as now:
        assert carried(run := asked()).state == Run.State.WAITING
        now.shift(timedelta(seconds=40))
        assert carried(run).state == Run.State.DONE
    assert len(post.came) == 1


def test_a_line_that_breaks_before_the_mail_goes_over_it_is_tried_again(post: Post):
    post.drops = {"RCPT"}
    with time_machine.travel(clock.now(), tick=True) as now:
        assert carried(run := asked()).state == Run.State.WAITING
        post.drops = set()
        now.shift(timedelta(seconds=40))
        assert carried(run).state == Run.State.DONE
    assert len(post.came) == 1


def test_a_line_that_breaks_before_the_answer_is_not_tried_again_for_it_may_have_come(post: Post):
    post.drops = {"DATA-KEPT"}
    run = carried(asked())
    assert (run.state, run.error) == (Run.State.FAILED, MAYBE)
    assert len(post.came) == 1


def test_a_server_that_is_slow_is_given_up_and_asked_again(post: Post):
    post.slow = {"RCPT": 1.5}
    run = carried(asked())
    assert (run.state, "does not answer in time" in run.error) == (Run.State.WAITING, True)


def test_a_server_that_looks_a_mail_through_slowly_is_waited_for(post: Post, monkeypatch):
    post.slow = {"DATA": 1.5}
    assert carried(asked()).state == Run.State.DONE
    monkeypatch.setattr(delivering, "PATIENCE", 0.5)
    run = carried(asked("sam"))
    assert (run.state, run.error) == (Run.State.FAILED, MAYBE)


def test_a_server_that_is_not_there_is_asked_again(settings):
    set_up_mail(settings, 1)
    run = carried(asked())
    assert (run.state, run.attempts) == (Run.State.WAITING, 1)
    assert "cannot be reached" in run.error


def test_a_password_is_used_on_an_encrypted_line_and_never_told(
    settings, caplog, tmp_path, monkeypatch
):
    post, wrong, certified = Post(), "wrong-and-secret", certificate(tmp_path)
    settings.EMAIL_USE_TLS = True
    with mail_server(post, certified=certified) as port, caplog.at_level(logging.DEBUG):
        set_up_mail(settings, port, user=LOGIN, password=PASSWORD)
        distrusted = carried(asked("sue"))
        assert distrusted.state == Run.State.FAILED
        assert "cannot be encrypted: CERTIFICATE_VERIFY_FAILED" in distrusted.error
        assert not post.came
        monkeypatch.setenv("SSL_CERT_FILE", str(certified))
        assert carried(asked()).state == Run.State.DONE
        set_up_mail(settings, port, user=LOGIN, password=wrong)
        run = carried(asked("sam"))
    assert run.state == Run.State.FAILED
    assert "does not accept the login or password (535)" in run.error
    assert len(post.came) == 1
    for words in (run.error, caplog.text, str(run.report)):
        assert wrong not in words
        assert PASSWORD not in words


def test_encryption_that_the_server_cannot_do_is_a_persons_to_mend(settings, post: Post):
    settings.EMAIL_USE_TLS = True
    run = carried(asked())
    assert run.state == Run.State.FAILED
    assert "STARTTLS" in run.error
    assert not post.came


@pytest.mark.parametrize(
    ("report", "sent"),
    [({"handed_over": True}, 0), ({"handed_over": True, "sent": True}, 0), ({"to": "x"}, 1)],
)
def test_a_worker_that_takes_a_run_up_again_does_not_send_it_twice(
    post: Post, report: dict[str, Any], sent: int
):
    run = asked()
    Run.objects.filter(pk=run.pk).update(report=report)
    carried(run)
    assert len(post.came) == sent
    done = bool(sent) or "sent" in report
    assert (run.state, run.error) == ((Run.State.DONE, "") if done else (Run.State.FAILED, MAYBE))


def test_a_worker_that_lost_its_run_sends_nothing(post: Post):
    run = asked()
    Run.objects.filter(pk=run.pk).update(state=Run.State.RUNNING, lease="another")
    run.refresh_from_db()
    run.lease = "mine"
    with pytest.raises(Interrupted):
        carry_out(run, lambda _: None)
    assert not post.came


@pytest.mark.parametrize(
    ("url", "sender", "words"),
    [
        ("", "a@b.example", "set EMAIL_URL"),
        ("smtp://h", "", "set EMAIL_FROM"),
        ("smtp://h", "nobody", "set EMAIL_FROM"),
        ("smtp+tls://u:p/a:x@h:587", "a@b.example", "EMAIL_URL"),
        ("https://h", "a@b.example", "smtp+tls://user:password@host:587"),
    ],
)
def test_settings_that_cannot_be_used_say_what_is_wrong(url: str, sender: str, words: str):
    problem = read_settings(url, sender).problem
    assert problem.startswith("Mail is not set up: ")
    assert words in problem


def test_settings_are_read_with_signs_escaped_and_the_password_stays_out_of_sight():
    read = read_settings("smtp+tls://ride%40along:s3cret%23word@mail.example", "R <a@b.example>")
    assert (read.host, read.port, read.user, read.password) == (
        "mail.example",
        587,
        LOGIN,
        PASSWORD,
    )
    assert (read.tls, read.ssl, read.problem) == (True, False, "")
    assert PASSWORD not in repr(read)
    assert read_settings("smtp+ssl://mail.example", "a@b.example").port == 465
