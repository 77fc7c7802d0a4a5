"""``ridealong conversations``: with whom each leader spoke when, how often, and about what."""

from __future__ import annotations

from collections.abc import Iterable

import click

from ridealong.faces.cli.main import InvalidInput
from ridealong.faces.cli.reading import AS, AT, KNOWN, earlier, form, opened, print_json
from ridealong.faces.cli.tables import console, print_table
from ridealong.record.leading_states import Employed
from ridealong.record.pipeline import Pipeline
from ridealong.views import coaching
from ridealong.views.coaching import Cadence, Ledger
from ridealong.views.inspection.wording import when

NOTHING = "–"


@click.command()
@click.option("--leader", "leader_email", metavar="EMAIL", help="Of this leader; all by default.")
@click.option("--salesperson", "member_email", metavar="EMAIL", help="With this salesperson.")
@AT
@click.option(
    "--since",
    "since_words",
    metavar="T",
    help="What was talked about and agreed since then; the last twelve weeks by default.",
)
@KNOWN
@AS
@form("text", "json")
def command(
    leader_email: str | None,
    member_email: str | None,
    at_words: str | None,
    since_words: str | None,
    known_words: str | None,
    email: str | None,
    form: str,
) -> None:
    """Show when leaders last spoke with each salesperson, how often, and about what."""
    pipe = opened(email, at_words, known_words)
    before = earlier(pipe, since_words)
    leaders = coaching.leaders(pipe)
    if leader_email is not None:
        leaders = [_called(leaders, leader_email, "Nobody is led by")]
    only = None
    if member_email is not None:
        only = [_called(pipe.leading.employed.values(), member_email, "Nobody here then was").id]
    since = before.at if before else None
    made = [coaching.ledger(pipe, leader, since, only=only) for leader in leaders]
    made = [each for each in made if each.people or leader_email]
    if form == "json":
        print_json(coaching.ledgers_shape(pipe, made))
    else:
        _print_text(pipe, made)


def _called(among: Iterable[Employed], email: str, otherwise: str) -> Employed:
    wanted = email.strip().lower()
    found = next((each for each in among if each.email == wanted), None)
    if found is None:
        raise InvalidInput(f"{otherwise} “{email}” at that time, or it is not for you to see.")
    return found


def _print_text(pipe: Pipeline, made: list[Ledger]) -> None:
    terminal = console()
    if not made:
        terminal.print("Nobody leads anybody here yet: members say who reports to whom.")
    for each in made:
        terminal.print(f"[bold]{each.leader.name}[/bold]")
        print_table(
            (
                "Salesperson",
                "Last spoken",
                "A week, twelve weeks",
                "About",
                "Guidance followed, of settled",
            ),
            [_line(pipe, person) for person in each.people],
            set(),
        )
        terminal.print()


def _line(pipe: Pipeline, person: Cadence) -> tuple[str, ...]:
    count = person.counted
    zone = pipe.organisation.time_zone
    largest = [f"{n.replace('_', ' ')} {share:.0%}" for n, share in list(person.nature.items())[:2]]
    return (
        person.member.name,
        when(person.last_spoken, pipe.at, zone) if person.last_spoken else "never",
        " ".join(map(str, person.per_week)),
        ", ".join(largest) or NOTHING,
        f"{count.followed} of {count.settled}" if count.given else NOTHING,
    )
