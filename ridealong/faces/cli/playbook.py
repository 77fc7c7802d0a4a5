"""``ridealong playbook``: the exit criteria, and how they stand on the open deals or on one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from ridealong.faces.cli.deal import deal_meant
from ridealong.faces.cli.reading import AS, AT, KNOWN, form, opened, print_json
from ridealong.faces.cli.tables import console
from ridealong.record.leading_states import Criterion
from ridealong.record.pipeline import Pipeline
from ridealong.record.states import DealState
from ridealong.views.coaching import playbook
from ridealong.views.coaching.playing import CriterionState

STATES = ("met", "missing", "unknown")


@click.command()
@click.option("--deal", "query", metavar="QUERY", help="Of one deal: its id, or words of it.")
@AT
@KNOWN
@AS
@form("text", "json")
def command(
    query: str | None, at_words: str | None, known_words: str | None, email: str | None, form: str
) -> None:
    """Show the exit criteria of each stage, and how they stand."""
    pipe = opened(email, at_words, known_words)
    shape = of_deal(pipe, deal_meant(pipe, query)) if query else of_pipeline(pipe)
    if form == "json":
        print_json(shape)
    else:
        print_text(shape)


def of_pipeline(pipe: Pipeline) -> dict[str, Any]:
    """Return each stage's criteria, with how many of the open deals in it are in each state."""
    standing = playbook.standing(pipe)
    stages = [
        {
            "stage": stage.name,
            "criteria": [
                _criterion(each)
                | {state: len(standing[each.id].get(state, ())) for state in STATES}
                for each in criteria
            ],
        }
        for stage, criteria in playbook.written(pipe).stages
    ]
    return {"at": pipe.at.isoformat(), "stages": stages}


def of_deal(pipe: Pipeline, deal: DealState) -> dict[str, Any]:
    """Return how each criterion stands on a deal, and the moves that skipped some."""
    skipped = [
        {
            "at": move.at.isoformat(),
            "before": move.before,
            "after": move.after,
            "missing": [each.criterion.text for each in move.lacking],
        }
        for move in playbook.skipped(pipe, deal)
    ]
    stages = [
        {
            "stage": play.stage.name,
            "met": play.met,
            "total": play.total,
            "criteria": [_standing(each) for each in play.criteria],
        }
        for play in playbook.playbook(pipe, deal).stages
    ]
    return {
        "at": pipe.at.isoformat(),
        "deal": {"id": deal.key, "name": deal.name, "stage": deal.stage},
        "stages": stages,
        "skipped": skipped,
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "text": criterion.text,
        "element": criterion.element or None,
        "rule": criterion.rule or None,
    }


def _standing(each: CriterionState) -> dict[str, Any]:
    return _criterion(each.criterion) | {
        "state": each.state,
        "by": each.by,
        "note": each.note,
        "evidence": each.evidence.text,
        "activity": each.evidence.activity or None,
        "since": each.at.isoformat() if each.at else None,
    }


def print_text(shape: Mapping[str, Any]) -> None:
    """Print stage by stage, one line a criterion."""
    terminal = console()
    if "deal" in shape:
        terminal.print(f"{shape['deal']['name']}, {shape['deal']['stage']}", markup=False)
    if not any(stage["criteria"] for stage in shape["stages"]):
        terminal.print("There are no exit criteria yet: the Playbook page offers some.")
    for stage in shape["stages"]:
        terminal.print(f"\n{stage['stage']}", style="bold", markup=False)
        for line in stage["criteria"]:
            terminal.print(f"  {_words(line)}", markup=False)
    for move in shape.get("skipped", ()):
        missing = "; ".join(move["missing"])
        terminal.print(f"\n{move['at'][:10]}  to {move['after']} without: {missing}", markup=False)


def _words(line: Mapping[str, Any]) -> str:
    if "state" in line:
        why = f": {line['note']}" if line["note"] else ""
        by = "" if line["by"] == "record" else f" ({line['by']} says so{why})"
        return f"{line['state']:8} {line['text']}: {line['evidence']}{by}"
    counts = ", ".join(f"{line[state]} {state}" for state in STATES if line[state])
    return f"{line['text']}: {counts or 'no open deal in this stage'}"
