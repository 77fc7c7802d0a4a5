"""The letter that shows that mail works."""

from __future__ import annotations

from ridealong.faces.mail.letters import Action, Letter
from ridealong.faces.mail.people import member
from ridealong.jobs.models import Run


def letter(run: Run) -> Letter:
    """Write to the member who asked. ``plan``: {"member": number, "address": of the pages}."""
    them = member(run.plan["member"])
    return Letter(
        name=them.name,
        email=them.email,
        subject="Ridealong can send mail",
        heading="Mail works",
        paragraphs=("You asked for this mail to see whether Ridealong can send any. It can.",),
        action=Action("Open Ridealong", run.plan["address"]),
        why="You get this because you pressed “Send me a test mail” on the page Company.",
    )
