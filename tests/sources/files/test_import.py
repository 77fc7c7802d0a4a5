"""Files in: what people really export goes in, and every bad row says why."""

from __future__ import annotations

import csv
import gzip
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from ridealong.record import directory, pipeline
from ridealong.record.pipeline import EVERYTHING, Criteria
from ridealong.record.states import DealState
from ridealong.sources import files
from ridealong.sources.files import InvalidMapping, Report, Rules
from ridealong.sources.files.mapping import from_values
from ridealong.views import inspection
from tests.support.database import rolled_back
from tests.views.changes import changes_between

pytestmark = pytest.mark.django_db

HEAD = "Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Stage,Amount,Close Date"
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def load(*paths: Path, rules: Rules | None = None, as_of: datetime = NOW) -> Report:
    """Import files as of a moment."""
    return files.load(files.understand(paths, rules), rules, as_of=as_of)


def deal(key: str, at: datetime | None = None) -> DealState:
    """Read a deal."""
    return pipeline.open(EVERYTHING, at or NOW + timedelta(days=1)).deal(key)


def why(report: Report) -> list[tuple[int, str, str]]:
    """Return (line, column, why) of each refused row."""
    return [(row.line, row.column, row.why) for row in report.bad_rows]


EXPORTS = {
    "salesforce": (
        "Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Stage,Amount,Close Date,"
        "Created Date,Forecast Category,Next Step\n"
        '006A,Rollout,Acme,Ann Bell,Negotiation/Review,"1,234.50",2026-07-31,2026-01-15,'
        "Best Case,Call Eve\n"
    ),
    "hubspot": (
        "Record ID,Deal Name,Associated Company,Deal owner,Deal Stage,Amount,Close Date,"
        "Create Date,Next step\n"
        "006A,Rollout,Acme,Ann Bell,Negotiation/Review,1234.5,2026-07-31 17:00,2026-01-15 09:00,"
        "Call Eve\n"
    ),
    "pipedrive": (
        "Deal - ID;Deal - Title;Deal - Organization;Deal - Owner;Deal - Stage;Deal - Value;"
        "Deal - Currency of Value;Deal - Expected close date;Deal - Deal created;Deal - Status\n"
        "006A;Rollout;Acme;Ann Bell;Negotiation/Review;1234,50;EUR;2026-07-31;2026-01-15;Open\n"
    ),
    "odoo": (
        "id,Opportunity,Customer,Salesperson,Stage,Expected Revenue,Expected Closing,Created on\n"
        "006A,Rollout,Acme,Ann Bell,Negotiation/Review,1234.50,2026-07-31,2026-01-15 08:00:00\n"
    ),
}


@pytest.mark.parametrize("crm", sorted(EXPORTS))
def test_each_crms_own_headings_are_recognised(tmp_path, crm):
    report = load(write(tmp_path, "deals.csv", EXPORTS[crm]))
    assert why(report) == []
    found = deal("006A")
    assert (found.name, found.company, found.salesperson) == ("Rollout", "Acme", "Ann Bell")
    assert (found.stage, found.status) == ("Negotiation/Review", "open")
    assert (found.amount, found.close_date) == (Decimal("1234.50"), date(2026, 7, 31))
    assert found.created_at.date() == date(2026, 1, 15)


@pytest.mark.parametrize(
    ("written", "meant", "currency"),
    [
        ("1.234,50 €", "1234.50", "EUR"),
        ('"$1,234.50"', "1234.50", "USD"),
        ("USD 1234", "1234", "USD"),
        ('"1 234,50"', "1234.50", "EUR"),
        ("1'234.50", "1234.50", "EUR"),
        ('"(1,234.00)"', "-1234", "EUR"),
        ("12k", "12000", "EUR"),
        ("1.5M", "1500000", "EUR"),
        ('"1,234,567"', "1234567", "EUR"),
    ],
)
def test_amounts_as_people_write_them(tmp_path, written, meant, currency):
    written = written if written.startswith('"') else f'"{written}"'
    path = write(tmp_path, "deals.csv", f"{HEAD}\nA,Deal,Acme,Ann,Qualification,{written},\n")
    assert why(load(path)) == []
    assert (deal("A").amount, deal("A").currency) == (Decimal(meant), currency)


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8-sig", ","), ("utf-16", "\t"), ("cp1252", ";"), ("utf-8", "|")]
)
def test_encodings_and_delimiters(tmp_path, encoding, mark):
    text = f"{HEAD}\nA,Größe für Müller,Käse & Söhne GmbH,Jürgen Groß,Qualification,5,\n"
    report = load(write(tmp_path, "deals.csv", text.replace(",", mark), encoding))
    assert why(report) == []
    assert (deal("A").name, deal("A").company) == ("Größe für Müller", "Käse & Söhne GmbH")


def test_one_currency_is_the_companys_and_others_get_a_worth(tmp_path):
    one = write(tmp_path, "one.csv", f'{HEAD}\nA,Deal,,Ann,Proposal,"$1,000",\n')
    assert "in USD" in load(one).assumed[0]
    assert deal("A").value == 1000
    two = write(tmp_path, "two.csv", f"{HEAD}\nB,Deal,,Ann,Proposal,1000 €,\n")
    assert "1 EUR counts as" in load(two).assumed[0]
    assert Decimal(500) < (deal("B").value or 0) < Decimal(2000)


def test_workbooks_and_gzip(tmp_path):
    book = Workbook()
    sheet = book.create_sheet("Deals", 0)
    for line in (HEAD.split(","), ["A", "Deal", "Acme", "Ann", "Proposal", 12.5, date(2026, 8, 1)]):
        sheet.append(line)
    people = book.create_sheet("Users")
    for line in (["Name", "Email", "Manager"], ["Ann", "ann@s.example", "Lea"]):
        people.append(line)
    book.save(tmp_path / "all.xlsx")
    assert why(load(tmp_path / "all.xlsx")) == []
    assert (deal("A").amount, deal("A").close_date) == (Decimal("12.50"), date(2026, 8, 1))
    leaders = {m.name: m.role for m in directory.members()}
    assert leaders == {"Ann": "salesperson", "Lea": "leader"}
    (tmp_path / "deals.csv.gz").write_bytes(gzip.compress(f"{HEAD}\nB,B,,,Proposal,1,\n".encode()))
    assert why(load(tmp_path / "deals.csv.gz")) == []


def test_every_bad_row_is_listed_and_the_good_ones_go_in(tmp_path):
    text = f"""{HEAD}
A,Good,Acme,Ann,Qualification,10,2026-07-01
,No id,Acme,Ann,Qualification,10,2026-07-01
B,Bad amount,Acme,Ann,Qualification,a lot,2026-07-01
C,Bad date,Acme,Ann,Qualification,10,31.02.2026
D,Short,Acme
E,"Two
lines",Acme,Ann,Closed Won,10,
F,Misspelt,Acme,Ann,Qualificatoin,10,2026-07-01
G,No stage,Acme,Ann,,10,2026-07-01
H,Future,Acme,Ann,Closed Won,10,2027-01-01
A,Other,Acme,Ann,Qualification,11,2026-07-01
I,Last,Acme,Ann,Qualification,10,2026-07-01,extra
J,Old,Acme,Ann,Qualification,10,0202-07-01
K,Good too,Acme,Ann,Closed Lost,10,2026-05-01
"""
    report = load(write(tmp_path, "deals.csv", text))
    assert [(line, column) for line, column, _ in why(report)] == [
        (3, "Opportunity ID"),
        (4, "Amount"),
        (5, "Close Date"),
        (6, ""),
        (7, "Close Date"),
        (9, "Stage"),
        (10, "Stage"),
        (11, "Close Date"),
        (12, "Opportunity ID"),
        (13, ""),
        (14, "Close Date"),
    ]
    reasons = " / ".join(reason for _, _, reason in why(report))
    for words in (
        "cut short: 3 of 7",
        "did you mean “Qualification”",
        "is the id of line 2 too",
        "closed deal needs the day",
        "year 202",
        "is empty",
        "in the future",
    ):
        assert words in reasons
    pipe = pipeline.open(EVERYTHING, NOW)
    assert [d.key for d in pipe.open_deals(Criteria())] == ["A"]
    assert deal("K").status == "lost"
    shape = report.shape()["bad_rows"]
    lines = list(
        csv.reader(files.rejected_csv(shape, "deals.csv", tuple(HEAD.split(","))).splitlines())
    )
    assert lines[0][-1] == "Why it was refused"
    assert len(lines) >= 12


def test_importing_a_mended_file_completes_it_and_the_same_file_adds_nothing(tmp_path):
    broken = write(
        tmp_path, "deals.csv", f"{HEAD}\nA,One,,Ann,Qualification,1,\nB,Two,,Ann,Qualification,x,\n"
    )
    assert load(broken).bad == 1
    again = load(broken, as_of=NOW + timedelta(hours=1))
    assert again.added == 0
    mended = write(
        tmp_path, "deals.csv", f"{HEAD}\nA,One,,Ann,Qualification,1,\nB,Two,,Ann,Qualification,2,\n"
    )
    assert load(mended, as_of=NOW + timedelta(hours=2)).bad == 0
    assert deal("B").amount == 2
    assert len(pipeline.open(EVERYTHING, NOW + timedelta(days=1)).history(deal("A"))) == 1


def test_a_later_export_becomes_history(tmp_path):
    first = write(tmp_path, "may.csv", f"{HEAD}\nA,Deal,Acme,Ann,Qualification,100,2026-07-01\n")
    second = write(
        tmp_path,
        "june.csv",
        f"{HEAD}\nA,Deal,Acme,Bea,Proposal,150,2026-08-01\nB,New,Acme,Ann,Qualification,1,\n",
    )
    load(first, as_of=NOW)
    load(second, as_of=NOW + timedelta(days=7))
    later = pipeline.open(EVERYTHING, NOW + timedelta(days=8))
    earlier = later.moved(NOW + timedelta(days=1))
    kinds = {(c.kind, c.deal.key) for c in changes_between(earlier, later)}
    assert kinds == {
        ("new", "B"),
        ("pushed", "A"),
        ("amount_up", "A"),
        ("stage_forward", "A"),
        ("salesperson_changed", "A"),
    }


def test_history_rows_in_any_order_make_the_past(tmp_path):
    rows = [
        "A,Stage,Qualification,Proposal,2026-02-01T10:00:00Z",
        "A,Amount,100,250,2026-03-01T10:00:00Z",
        "A,Close Date,2026-05-01,2026-09-01,2026-04-01T10:00:00Z",
        "A,Stage,Proposal,Closed Won,2026-05-01T10:00:00Z",
        "A,Colour,red,blue,2026-05-01T10:00:00Z",
    ]
    head = "Opportunity ID,Field,Old Value,New Value,Edit Date"
    deals = write(
        tmp_path,
        "deals.csv",
        f"{HEAD},Created Date\nA,Deal,Acme,Ann,Closed Won,250,2026-05-01,2026-01-01\n",
    )
    history = write(tmp_path, "history.csv", "\n".join([head, *reversed(rows)]) + "\n")
    assert why(load(history, deals)) == []
    for month, stage, amount in (
        (1, "Qualification", 100),
        (2, "Proposal", 100),
        (4, "Proposal", 250),
    ):
        found = deal("A", datetime(2026, month, 15, tzinfo=UTC))
        assert (found.stage, found.status) == (stage, "open")
        assert found.amount == amount
    assert deal("A").status == "won"
    assert load(history, deals).added == 0


def test_activities_and_contacts_belong_to_the_deal(tmp_path):
    load(
        write(tmp_path, "deals.csv", f"{HEAD}\nA,Deal,Acme,Ann,Qualification,1,\n"),
        write(
            tmp_path,
            "activities.csv",
            "Activity ID,Opportunity ID,Type,Subject,Date,Assigned To,Direction\n"
            "1,A,Call,Hello,2026-05-03 10:00,Ann,\n2,A,Email,Re: hello,2026-05-04,Ann,Inbound\n",
        ),
    )
    story = inspection.story(pipeline.open(EVERYTHING, NOW), "A")
    assert [e.activity.title for e in story.story if e.activity] == ["Re: hello", "Hello"]
    assert story.touch.last_contact is not None


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"%PDF-1.7", "is a PDF"),
        ("a.xls", b"\xd0\xcf\x11\xe0rest", "save it as XLSX"),
        ("a.xlsx", b"PK\x03\x04rubbish", "is no XLSX file"),
        ("a.csv", b"colour,size\nred,1\n", "not clear what this file holds"),
    ],
)
def test_a_file_that_is_no_table_says_what_it_is(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    (plan,) = files.understand([tmp_path / name])
    assert words in plan.problem


def test_a_dry_run_changes_nothing(tmp_path):
    path = write(tmp_path, "deals.csv", f"{HEAD}\nA,Deal,Acme,Ann,Qualification,1,\n")
    report = files.load(files.understand([path]), as_of=NOW, dry=True)
    assert report.facts["deal"] == 1
    assert directory.is_empty()


def test_a_column_can_be_corrected_and_a_plan_kept(tmp_path):
    path = write(tmp_path, "deals.csv", "Ref,Opportunity Name,Stage,Volume\nA,Deal,Proposal,12\n")
    (plan,) = files.understand([path])
    plan = files.from_shape(plan.with_column("Ref", "id").with_column("Volume", "amount").shape())
    files.load([plan], as_of=NOW)
    assert deal("A").amount == 12


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"fle": []}, "fle: there is no such key"),
        ({"stages": {"New": "maybe"}}, "stages.New"),
        ({"file": [{"kind": "deals"}]}, "match is missing"),
        ({"file": [{"match": "*", "kind": "dreams"}]}, "'dreams' is none of"),
        ({"file": [{"match": "*", "kind": "deals", "columns": {"price": "x"}}]}, "columns.price"),
    ],
)
def test_a_mapping_that_makes_no_sense_says_where(raw, words):
    with pytest.raises(InvalidMapping, match=words):
        from_values(raw)


def test_leaders_in_a_ring_are_refused_with_the_ring(tmp_path):
    path = write(
        tmp_path, "users.csv", "Name,Email,Manager\nAnn,a@s.example,Bea\nBea,b@s.example,Ann\n"
    )
    report = load(path)
    assert "makes a ring: bea → ann → bea" in why(report)[0][2]


ROW = st.tuples(
    st.sampled_from("ABCD"),
    st.sampled_from(["Qualification", "Proposal", "Closed Won", "Nonsense?"]),
    st.sampled_from(["10", "1.234,50", "x", ""]),
    st.sampled_from(["2026-05-01", "2026-07-01", "", "soon"]),
)


@given(st.lists(ROW, min_size=1, max_size=6, unique_by=lambda row: row[0]), st.randoms())
def test_the_order_of_rows_does_not_matter(tmp_path_factory, rows, random):
    lines = [
        f'{key},Deal {key},Acme,Ann,{stage},"{amount}",{day}' for key, stage, amount, day in rows
    ]
    shuffled = lines.copy()
    random.shuffle(shuffled)
    seen = []
    for order in (lines, shuffled):
        folder = tmp_path_factory.mktemp("rows")
        with rolled_back():
            report = load(write(folder, "deals.csv", "\n".join([HEAD, *order]) + "\n"))
            pipe = pipeline.open(EVERYTHING, NOW)
            states = sorted(
                (d.key, d.stage, d.amount, d.close_date) for d in pipe.open_deals(Criteria())
            )
            seen.append((sorted(row.cells[0] for row in report.bad_rows), repr(states)))
    assert seen[0] == seen[1]
