"""What a tap says is kept, in any portions, and its state is passed on only then."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from ridealong.faces.cli.main import cli
from ridealong.record import pipeline
from ridealong.record.models import FactRow
from ridealong.record.pipeline import EVERYTHING, Pipeline
from ridealong.sources import singer
from tests.support.database import rolled_back
from tests.support.installation import Installation

PIPEDRIVE = Path(__file__).parents[3] / "examples/singer/pipedrive.toml"


def line(**message: Any) -> str:
    return json.dumps(message) + "\n"


def deal(number: int, **more: Any) -> str:
    record = {
        "id": number,
        "title": f"Deal {number}",
        "org_id": {"value": 7, "name": "Acme"},
        "user_id": {"id": 3, "value": 3},
        "stage_id": 1,
        "status": "open",
        "value": 1200.5,
        "currency": "EUR",
        "add_time": "2026-01-05 10:00:00",
        "update_time": "2026-02-05 10:00:00",
        "expected_close_date": "2026-12-31",
        **more,
    }
    return line(type="RECORD", stream="deals", record=record)


SCHEMAS = [
    line(type="SCHEMA", stream=name, schema={"properties": {}}, key_properties=["id"])
    for name in ("users", "stages", "organizations", "persons", "deals", "pipelines")
]
LINES = [
    *SCHEMAS,
    line(type="RECORD", stream="users", record={"id": 3, "name": "Sam", "active_flag": True}),
    line(type="RECORD", stream="stages", record={"id": 1, "name": "Qualify", "order_nr": 1}),
    line(type="RECORD", stream="organizations", record={"id": 7, "name": "Acme"}),
    line(type="RECORD", stream="pipelines", record={"id": 1}),
    line(type="STATE", value={"bookmark": 1}),
    deal(1),
    deal(2, org_id=7, user_id=3, status="won", value=None),
    line(type="STATE", value={"bookmark": 2}),
    line(type="ACTIVATE_VERSION", stream="deals", version=1),
    deal(3),
    deal(4444, deleted=True),
    line(type="STATE", value={"bookmark": 3}),
]


@pytest.fixture
def mapping() -> singer.Mapping:
    return singer.read(PIPEDRIVE)


def said(*lines: str, more: tuple[str, ...] = ()) -> Result:
    arguments = ["import", "--singer", "--mapping", str(PIPEDRIVE), *more]
    return CliRunner().invoke(cli, arguments, input="".join(lines), prog_name="ridealong")


def everything() -> Pipeline:
    return pipeline.open(EVERYTHING)


@pytest.mark.django_db
def test_deals_come_with_their_company_salesperson_and_stage():
    result = said(*LINES)
    assert result.exit_code == 0, result.output
    found = everything().deal("1")
    assert (found.name, found.company, found.salesperson) == ("Deal 1", "Acme", "Sam")
    assert (found.stage, str(found.amount), str(found.close_date)) == (
        "Qualify",
        "1200.50",
        "2026-12-31",
    )
    assert found.created_at.date().isoformat() == "2026-01-05"
    assert everything().deal("2").status == "won"
    with pytest.raises(pipeline.NotVisible):
        everything().deal("4444")
    assert "pipelines: 1 records left aside" in result.stderr
    assert result.stdout.splitlines() == ['{"bookmark": 1}', '{"bookmark": 2}', '{"bookmark": 3}']


@pytest.mark.django_db
def test_a_state_is_passed_on_only_after_what_was_before_it_is_kept(mapping):
    known = []
    singer.take_in(
        LINES, mapping, state=lambda _: known.append(FactRow.objects.values("subject").count())
    )
    assert known == sorted(known)
    assert known[0] >= 3
    assert known[1] > known[0]


@pytest.mark.django_db
@given(cut=st.integers(0, len(LINES)), again=st.booleans())
def test_cut_at_any_line_and_run_again_it_is_one_clean_run(mapping, cut, again):
    def kept(*runs: list[str]) -> set[tuple[str, str]]:
        with rolled_back():
            for run in runs:
                singer.take_in(run, mapping, state=lambda _: None)
            rows = FactRow.objects.all()
            assert rows.count() == len({(row.external_id, bytes(row.digest)) for row in rows})
            return {(row.external_id, json.dumps(row.changes, sort_keys=True)) for row in rows}

    rest = [LINES] if again else [LINES, LINES]
    assert kept(LINES[:cut], *rest) == kept(LINES)


@pytest.mark.django_db
def test_a_record_that_does_not_fit_is_listed_and_the_others_go_in():
    bad = [
        deal(5, status="sleeping"),
        deal(6, value="a lot"),
        deal(7, update_time="yesterday-ish"),
        deal(8, expected_close_date="2026-02-31"),
        line(type="RECORD", stream="deals", record={"title": "no id"}),
    ]
    result = said(*SCHEMAS, *bad, deal(1))
    assert result.exit_code == 1
    assert everything().deal("1").name == "Deal 1"
    for part in (
        "line 7, deals: status: 'sleeping'",
        "amount is 'a lot'",
        "yesterday-ish",
        "no id",
    ):
        assert part in result.stderr
    assert FactRow.objects.filter(subject__key__in=["5", "6", "7", "8"]).count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("hello\n", "Line 8 is no JSON: hello"),
        ("[1]\n", "Line 8 is no message"),
        ('{"type": "BATCH", "stream": "deals"}\n', "Line 8: there is no message 'BATCH'"),
        ('{"type": "RECORD", "record": {}}\n', "Line 8: the message names no stream"),
        ('{"type": "RECORD", "stream": "x", "record": {}}\n', "comes before its SCHEMA"),
        ('{"type": "STATE"}\n', "a STATE has a value"),
    ],
)
def test_a_line_that_is_no_message_ends_it_and_is_named(bad, why):
    result = said(*SCHEMAS, deal(1), bad, deal(2))
    assert result.exit_code == 1
    assert why in result.stderr


@pytest.mark.django_db
def test_a_dry_run_changes_nothing_and_passes_no_state_on():
    result = said(*LINES, more=("--dry-run",))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert not FactRow.objects.exists()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "streams.NAME"),
        ("[streams.deals]\nkind = 'offers'\nkey = 'id'", "streams.deals.kind: one of deals"),
        ("[streams.deals]\nkind = 'deals'", "streams.deals.key"),
        ("[streams.deals]\nkind = 'deals'\nkey = 'id'\nfields = {nmae = 'x'}", "no field 'nmae'"),
        ("[streams.deals]\nkind = 'deals'\nkey = 'id'\nkeys = 'x'", "there is no 'keys'"),
        ("[streams.deals]\nkind = 'deals'\nkey = 'id'\nvalues.status = {a = 'b'}", "values.status"),
        ("streams = [", "mapping.toml"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_named(tmp_path, text, why):
    path = tmp_path / "mapping.toml"
    path.write_text(text)
    with pytest.raises(singer.InvalidMapping) as caught:
        singer.read(path)
    assert why in str(caught.value)


@pytest.mark.both_engines
def test_a_pipe_into_the_real_command(empty_installation: Installation):
    printed = empty_installation.run(
        "import", "--singer", "--mapping", str(PIPEDRIVE), said="".join(LINES)
    )
    assert printed.splitlines()[-1] == '{"bookmark": 3}'
    assert "Deal 1" in empty_installation.run("deal", "1")
