"""The evidence rules: pure, of one deal at one moment, in four languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridealong.record.evidence import Happening
from ridealong.record.states import Contact, DealState
from ridealong.sources.base.playbook import default_playbook
from ridealong.views.coaching.criteria import Case, Ruling, rules
from tests.record.telling import on

NOW = 100.0
EVERY = frozenset({"email", "meeting", "phone_call"})
CLOSES = on(120).date()
CFO = {"title": "Chief Financial Officer"}


def happening(day: float, kind: str = "email", **more: Any) -> Happening:
    """Something on a day: a mail from the buyer, a talk that was held, unless said otherwise."""
    direction = more.pop("direction", "in" if kind == "email" else "")
    two_way = more.pop("two_way", direction == "in" or kind in {"meeting", "phone_call"})
    plain: dict[str, Any] = {"title": "", "text": "", "attachments": (), "contacts": ()}
    return Happening(
        id=int(day * 10),
        key=f"{kind}:{day}",
        at=on(day),
        kind=kind,
        deal_id=1,
        direction=direction,
        two_way=two_way,
        known=on(day),
        **{**plain, **more},
    )


def person(key: str, role: str = "", title: str = "") -> Contact:
    """Somebody of the buyer."""
    return Contact(1, key, key.capitalize(), "", "", title, None, role)


def case(
    *happenings: Happening,
    people: tuple[Contact, ...] = (),
    flowing: frozenset[str] = EVERY,
    closes: date | None = CLOSES,
) -> Case:
    """A deal on day 100."""
    deal = DealState(
        id=1,
        key="A",
        name="A",
        company_id=None,
        company="",
        salesperson_id=1,
        salesperson="Sam",
        stage_id=1,
        stage="Qualify",
        stage_position=1,
        status="open",
        amount=None,
        currency="EUR",
        value=None,
        close_date=closes,
        category="",
        next_step="",
        product="",
        lost_reason="",
        contacts={},
        created_at=on(0),
        stage_since=on(0),
        pushes=0,
        valid_from=on(0),
        valid_to=on(999),
    )
    ordered = sorted(happenings, key=lambda each: each.at, reverse=True)
    return Case(
        at=on(NOW),
        deal=deal,
        people={each.key: each for each in people},
        past=tuple(each for each in ordered if each.at <= on(NOW)),
        planned=tuple(each for each in reversed(ordered) if each.at > on(NOW)),
        flowing=flowing,
    )


def ruled(name: str, of: Case) -> Ruling:
    """What a rule says."""
    return rules()[name].judge(of)


TWO_TALKS = (happening(80, "meeting", title="Visit"), happening(90, "phone_call"))


@pytest.mark.parametrize(
    ("name", "of", "state", "activity"),
    [
        ("met_twice", case(*TWO_TALKS), "met", "phone_call:90"),
        ("met_twice", case(TWO_TALKS[0]), "missing", "meeting:80"),
        ("met_twice", case(happening(90)), "missing", ""),
        ("met_twice", case(happening(90), flowing=frozenset({"email"})), "unknown", ""),
        (
            "met_twice",
            case(TWO_TALKS[0], happening(90, "meeting", two_way=False)),
            "missing",
            "meeting:80",
        ),
        ("next_meeting", case(happening(105, "meeting", title="Demo")), "met", "meeting:105"),
        ("next_meeting", case(happening(105, "task")), "missing", ""),
        ("next_meeting", case(flowing=frozenset()), "unknown", ""),
        (
            "economic_buyer_met",
            case(happening(80, "meeting", contacts=("eve",)), people=(person("eve", **CFO),)),
            "met",
            "meeting:80",
        ),
        (
            "economic_buyer_met",
            case(happening(80, contacts=("eve",)), people=(person("eve", "economic_buyer"),)),
            "missing",
            "",
        ),
        ("economic_buyer_met", case(TWO_TALKS[0], people=(person("eve", **CFO),)), "unknown", ""),
        ("economic_buyer_met", case(people=(person("eve"),)), "unknown", ""),
        ("champion_known", case(people=(person("eve", "champion"),)), "met", ""),
        ("champion_known", case(people=(person("eve", "user"),)), "missing", ""),
        ("champion_known", case(people=(person("eve", title="Champion of all"),)), "unknown", ""),
        (
            "champion_heard",
            case(happening(80, contacts=("eve",)), people=(person("eve", "Champion"),)),
            "met",
            "email:80",
        ),
        (
            "champion_heard",
            case(happening(78, contacts=("eve",)), people=(person("eve", "Champion"),)),
            "missing",
            "email:78",
        ),
        ("champion_heard", case(happening(99)), "unknown", ""),
        ("several_people", case(happening(50, contacts=("a", "b", "c"))), "met", "email:50"),
        (
            "several_people",
            case(happening(5, contacts=("c",)), happening(50, contacts=("a", "b"))),
            "missing",
            "",
        ),
        ("several_people", case(happening(50)), "unknown", ""),
        (
            "proposal_sent",
            case(happening(9, direction="out", title="Our proposal")),
            "met",
            "email:9",
        ),
        (
            "proposal_sent",
            case(happening(9, direction="out", attachments=("2026_Angebot-v2.pdf",))),
            "met",
            "email:9",
        ),
        (
            "proposal_sent",
            case(happening(9, direction="out", text="Before the proposal, a question.")),
            "missing",
            "",
        ),
        ("proposal_sent", case(happening(9, title="Re: your proposal")), "missing", ""),
        ("proposal_sent", case(flowing=frozenset({"meeting"})), "unknown", ""),
        ("paper_process", case(people=(person("li", title="Leiterin Einkauf"),)), "met", ""),
        ("paper_process", case(happening(9, text="Please send the NDA first.")), "met", "email:9"),
        ("paper_process", case(happening(9, text="Thank you.")), "missing", ""),
        ("close_date_named", case(closes=None), "missing", ""),
        ("close_date_named", case(happening(9, text="Thank you.")), "unknown", ""),
        ("close_date_named", case(), "missing", ""),
        # words that were not found may have been said elsewhere
        ("pain_named", case(happening(9, text="Thank you.")), "unknown", ""),
        ("pain_named", case(), "missing", ""),
        ("pain_named", case(flowing=frozenset()), "unknown", ""),
        # what we write ourselves is not what the buyer says
        ("pain_named", case(happening(9, direction="out", text="A problem?")), "missing", ""),
        (
            "decision_criteria",
            case(happening(9, direction="out", title="Success criteria")),
            "met",
            "email:9",
        ),
    ],
)
def test_a_rule_says_what_the_record_shows(name, of, state, activity):
    ruling = ruled(name, of)
    assert (ruling.state, ruling.evidence.activity) == (state, activity)
    assert ruling.evidence.text
    assert bool(ruling.evidence.at) == bool(activity)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("pain_named", "The late shift is the problem"),
        ("pain_named", "Unser Engpass ist der Wareneingang"),
        ("pain_named", "Nous avons trop de ruptures"),
        ("pain_named", "Tenemos falta de personal"),
        ("metrics_named", "We want to save 12 positions"),
        ("metrics_named", "Ziel ist eine Einsparung von 200.000 €"),
        ("metrics_named", "Nous voulons réduire les coûts de 15 %"),
        ("metrics_named", "Queremos ahorrar 30 horas"),
        ("decision_process", "The investment committee decides after purchasing"),
        ("decision_process", "Die Freigabe erteilt die Geschäftsführung"),
        ("decision_process", "Le comité de direction tranche"),
        ("decision_process", "El comité de dirección lo aprueba"),
        ("competitor_named", "We also have another offer"),
        ("competitor_named", "Der Wettbewerb ist günstiger"),
        ("competitor_named", "Votre concurrent est moins cher"),
        ("competitor_named", "Otro proveedor es más barato"),
        ("close_date_named", "We will sign by 14 December"),
        ("close_date_named", "Wir unterschreiben am 14. Dezember"),
        ("close_date_named", "Nous signerons, décision le 14 décembre"),
        ("close_date_named", "Firmamos el 14 de diciembre"),
    ],
)
def test_words_are_found_in_four_languages_with_their_sentence(name, sentence):
    before, after = "Dear Sam, thank you for yesterday.", "Kind regards, Eve"
    ruling = ruled(name, case(happening(9, text=f"{before} {sentence}. {after}")))
    assert (ruling.state, ruling.evidence.text) == ("met", f"“{sentence}”")


@pytest.mark.parametrize(
    ("title", "power"),
    [
        ("CFO", True),
        ("Geschäftsführerin", True),
        ("Managing Director", True),
        ("Directrice financière", True),
        ("Director General", True),
        ("Prokurist", True),
        ("Assistant to the CEO", False),
        ("Assistenz der Geschäftsführung", False),
        ("Vorstandsassistentin", False),
        ("Product Owner", False),
        ("Vice President", False),
        ("Head of IT", False),
        ("Strategic Buyer", False),
    ],
)
def test_who_has_the_money_by_title(title, power):
    of = case(happening(80, "meeting", contacts=("eve",)), people=(person("eve", title=title),))
    assert (ruled("economic_buyer_met", of).state == "met") is power


@given(
    st.lists(
        st.builds(
            happening,
            st.integers(1, 130),
            st.sampled_from(["email", "meeting", "phone_call", "note", "task"]),
            text=st.text(max_size=80),
            title=st.text(max_size=20),
            two_way=st.booleans(),
            direction=st.sampled_from(["in", "out", ""]),
            contacts=st.sampled_from([(), ("a",), ("a", "gone")]),
        ),
        max_size=6,
    ),
    st.sets(st.sampled_from(sorted(EVERY))),
)
def test_every_rule_rules_on_anything_and_points_to_what_happened(happenings, flowing):
    """Evidence is an activity of the deal; one that is not past is only ever a planned one."""
    of = case(*happenings, people=(person("a", "champion", "CFO"),), flowing=frozenset(flowing))
    keys = {each.key for each in of.past}
    for name, rule in rules().items():
        ruling = rule.judge(of)
        assert ruling.state in {"met", "missing", "unknown"}
        assert ruling.evidence.text
        if name != "next_meeting":
            assert ruling.evidence.activity in keys | {""}
        assert ruling == rule.judge(of)
        # an earlier moment never knows more than what had happened by then
        then = of.until(on(50), of.deal, frozenset(flowing))
        at = rule.judge(then).evidence.at
        assert at is None or at <= on(50)


@given(st.integers(0, 9))
def test_the_default_covers_any_number_of_stages_in_order(count):
    stages = [f"s{n}" for n in range(count)]
    found = [fields["stage"] for _, fields in default_playbook(stages)]
    assert found == sorted(found)
    assert set(found) <= set(stages)
    if count:
        assert len(found) == 14
        assert found[0] == "s0"
    if 0 < count <= 5:
        assert set(found) == set(stages)


def test_each_rule_of_the_default_is_there():
    assert {fields["rule"] for _, fields in default_playbook(["s"])} <= set(rules())
