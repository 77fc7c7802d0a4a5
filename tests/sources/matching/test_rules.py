"""Each kind of evidence in a small example."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ridealong.sources.matching.weighing import THRESHOLD
from tests.sources.matching.build import CLOSED, NOW, OPENED, deal, mail, matched

KITE = deal()
ACADEMY = deal("academy", "Driver Academy rollout", product="Driver Academy")
RUDDER = deal("rudder", "Dockyard", company="Rudder Foods AG", domains=("rudder.example",))


def test_a_thread_stays_with_its_deal_whoever_joins_it():
    joined = mail("Re: question", outsiders=("someone@elsewhere.example",), thread="t")
    match = matched(joined, KITE, ACADEMY, threads={"t": "academy"})
    assert match.deal == "academy"
    assert match.why[0] == "The thread belongs to the deal"


def test_a_series_stays_with_its_deal_even_among_colleagues():
    match = matched(mail(outsiders=(), kind="meeting", series="s"), KITE, series={"s": "kite"})
    assert match.deal == "kite"


def test_a_thread_of_a_deal_long_closed_tells_nothing():
    old = deal("old", closed=NOW - timedelta(days=60), opened=NOW - timedelta(days=200))
    assert matched(mail(thread="t"), old, ACADEMY, threads={"t": "old"}).deal == "academy"


def test_a_thread_of_a_deal_nobody_knows_any_more_tells_nothing():
    assert matched(mail(outsiders=(), thread="t"), KITE, threads={"t": "gone"}).deal is None


def test_a_contact_of_one_open_deal_decides():
    on = deal("on", "Dockyard", product="Dockyard", contacts=("anna@kite.example", "b@kite.eu"))
    off = deal("off", "Academy", product="Academy", contacts=("c@kite.example", "d@kite.eu"))
    match = matched(mail(), on, off)
    assert match.deal == "on"
    assert "anna@kite.example is on the deal" in match.why


def test_a_contact_with_a_free_mailbox_decides():
    on = deal(domains=(), contacts=("anna@gmail.com",))
    assert matched(mail(outsiders=("anna@gmail.com",)), on, RUDDER).deal == "kite"


@pytest.mark.parametrize(
    ("domain", "address"),
    [
        ("kite.example", "anna@kite.example"),
        ("kite.example", "anna@mail.kite.example"),
        ("kite.co.uk", "anna@sales.kite.co.uk"),
        ("www.kite.com", "anna@kite.com"),
    ],
)
def test_the_domain_of_one_company_decides(domain, address):
    match = matched(mail(outsiders=(address,)), deal(domains=(domain,)), RUDDER)
    assert match.deal == "kite"
    assert match.company == "kite"


def test_companies_under_one_public_suffix_are_not_one():
    match = matched(mail(outsiders=("anna@other.co.uk",)), deal(domains=("kite.co.uk",)))
    assert match.deal is None
    assert match.company is None


@pytest.mark.parametrize("host", ["gmail.com", "gmx.de", "yahoo.co.uk", "yahoo.fr", "proton.me"])
def test_a_free_mailbox_is_no_company_whatever_a_record_says(host):
    careless = deal(domains=(host,), contacts=(f"anna@{host}",))
    match = matched(mail(outsiders=(f"stranger@{host}",)), careless)
    assert match.deal is None
    assert match.company is None


def test_two_open_deals_and_nothing_to_tell_them_apart_are_left():
    match = matched(mail(), KITE, ACADEMY)
    assert match.deal is None
    assert match.sure < THRESHOLD
    assert {key for key, _ in match.candidates} == {"kite", "academy"}
    assert match.company == "kite"
    assert match.why[-1] == "It could be about 2 deals of Kite Systems GmbH"


@pytest.mark.parametrize(
    "title",
    ["Driver Academy", "the driver-academy offer", "DriverAcademy: prices", "Driver Acadmey"],
)
def test_the_product_tells_two_deals_apart(title):
    assert matched(mail(title), KITE, ACADEMY).deal == "academy"


def test_words_are_whole_words():
    assert matched(mail("The academics"), KITE, ACADEMY).deal is None


@pytest.mark.parametrize("said", ["phase 2", "Phase II", "the second phase", "PHASE-2"])
def test_a_number_tells_two_phases_apart(said):
    deals = [deal(f"phase-{n}", f"Fleet Insight phase {n}") for n in (1, 2)]
    assert matched(mail(f"Contract for {said}"), *deals).deal == "phase-2"


@pytest.mark.parametrize("said", ["renewal 2027", "Fleet Insight 2027", "Contract 2027"])
def test_a_year_tells_two_renewals_apart(said):
    deals = [deal(f"renewal-{year}", f"Kite renewal {year}") for year in (2026, 2027)]
    assert matched(mail(said), *deals).deal == "renewal-2027"


def test_a_year_somewhere_in_a_text_does_not():
    deals = [deal(f"renewal-{year}", f"Kite renewal {year}") for year in (2026, 2027)]
    assert matched(mail(text="We hire two people in 2027."), *deals).deal is None


def test_the_salespersons_own_deal_is_nearer():
    other = deal("other", "Driver Academy", product="Driver Academy", salesperson="ben")
    assert matched(mail(members=("ben",)), KITE, other).deal == "other"


def test_the_open_deal_is_nearer_than_the_one_just_closed():
    old = deal("old", closed=NOW - timedelta(days=5), opened=NOW - timedelta(days=99))
    assert matched(mail(), old, ACADEMY).deal == "academy"


@pytest.mark.parametrize(
    ("days", "found"), [(-15, None), (-13, "kite"), (0, "kite"), (91, "kite"), (121, "kite")]
)
def test_a_little_before_opening_and_after_closing_is_possible(days, found):
    match = matched(mail(at=OPENED + timedelta(days=days)), deal(closed=CLOSED))
    assert match.deal == found
    assert match.company == "kite"


def test_long_after_closing_is_not():
    match = matched(mail(at=CLOSED + timedelta(days=30)), deal(closed=CLOSED))
    assert match.deal is None
    assert match.why[-1] == "Kite Systems GmbH had no deal then"


def test_what_a_person_taught_places_a_stranger():
    heard = mail(outsiders=("anna@gmail.com",))
    assert matched(heard, KITE).deal is None
    assert matched(heard, KITE, contacts={"anna@gmail.com": {"kite": 5}}).deal == "kite"


def test_people_of_a_subsidiary_are_known_by_their_colleagues():
    known = deal(contacts=("anna@kite-nordic.example",))
    match = matched(mail(outsiders=("ben@kite-nordic.example",)), known)
    assert match.deal == "kite"


def test_a_partner_naming_the_customer_is_placed_at_its_salespersons_deal():
    heard = mail("Kite Systems: timeline", outsiders=("paul@agency.example",))
    assert matched(heard, KITE, RUDDER).deal == "kite"


def test_a_partner_naming_nobody_is_not():
    taught = {"paul@agency.example": {"kite": 9}}
    heard = mail("Lunch?", outsiders=("paul@agency.example",), members=("ben",))
    assert matched(heard, KITE, RUDDER, contacts=taught).deal is None


@pytest.mark.parametrize("box", ["newsletter", "no-reply", "julia"])
def test_a_newsletter_is_not_placed_even_from_a_customer(box):
    text = "How Kite Systems saves money with Fleet Insight. Unsubscribe here."
    for host in ("media.example", "kite.example"):
        assert matched(mail("Kite Systems", text, outsiders=(f"{box}@{host}",)), KITE).deal is None


@pytest.mark.parametrize(
    ("title", "is_placed"),
    [
        ("Invoice 4711 – wrong VAT id", False),
        ("Ticket #20931: login does not work", False),
        ("AW: Rechnung Nr. 2026-118", False),
        ("Change of our bank details", False),
        ("Case for the rollout", True),
        ("How would you invoice the rollout?", True),
    ],
)
def test_an_invoice_or_a_ticket_of_a_customer_is_left_to_a_person(title, is_placed):
    found = matched(mail(title), KITE)
    assert (found.deal is not None) == is_placed
    assert found.candidates[0][0] == "kite"


def test_a_vendor_is_not_placed_though_it_uses_a_companys_name_as_a_word():
    summit = deal(company="Summit AG", domains=("summit.example",))
    heard = mail("The Logistics Summit", outsiders=("tim@vendor.example",))
    assert matched(heard, summit).deal is None


def test_somebody_who_changed_employers_counts_for_the_new_one():
    old = deal(contacts=("anna@kite.example",))
    heard = mail("Hello again", outsiders=("anna@rudder.example",))
    assert matched(heard, old, RUDDER).deal == "rudder"


def test_naming_another_customer_does_not_take_a_mail_away():
    assert matched(mail("As you did for Rudder Foods"), KITE, RUDDER).deal == "kite"


def test_colleagues_alone_are_placed_by_full_names_only():
    assert matched(mail("Kite Systems – Fleet Insight rollout", outsiders=()), KITE).deal == "kite"
    for title in ("Kite Systems", "Fleet Insight rollout", "Kite Systems Fleet Insight"):
        assert matched(mail(title, outsiders=()), KITE).deal is None


def test_colleagues_are_not_taken_for_people_outside():
    heard = mail("Fleet Insight", outsiders=("mia@mail.ridgeway.example",))
    assert matched(heard, deal(domains=("ridgeway.example",))).deal is None


def test_at_most_five_candidates_are_shown_the_best_first():
    deals = [deal(f"deal-{n}", f"Pilot {n}", product="") for n in range(8)]
    shown = matched(mail(), *deals).candidates
    assert len(shown) == 5
    assert [sure for _, sure in shown] == sorted((sure for _, sure in shown), reverse=True)


def test_nothing_known_says_so():
    match = matched(mail(outsiders=("tim@vendor.example",)))
    assert (match.deal, match.sure, match.candidates, match.company) == (None, 0.0, (), None)
    assert match.why == ("Too little says which company it is about",)
