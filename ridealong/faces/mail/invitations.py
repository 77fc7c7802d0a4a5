"""The letter that invites a member to make their account."""

from __future__ import annotations

from ridealong.credentials.models import Invitation
from ridealong.faces.mail.letters import Action, Letter, Nothing
from ridealong.faces.mail.people import member
from ridealong.jobs.models import Run
from ridealong.record.directory import organisation


def letter(run: Run) -> Letter:
    """Write the invitation. ``plan``: {"invitation": number, "by": member's, "address": pages'}.

    The link's secret is read here, so that the queue never holds it.
    """
    made = Invitation.objects.filter(pk=run.plan["invitation"]).first()
    if made is None or not made.is_open:
        raise Nothing("The invitation was used or has run out.")
    them, host = member(made.member_id), member(run.plan["by"])
    company = organisation().name or "your company"
    return Letter(
        name=them.name,
        email=made.email,
        subject=f"{host.name} invites you to Ridealong",
        heading=f"{host.name} invites you to Ridealong",
        paragraphs=(
            f"Ridealong keeps the story of every deal at {company}: nobody writes a status.",
            "Choose a password, and you are in. The link works once, for two weeks.",
        ),
        action=Action("Make your account", f"{run.plan['address']}invitation/{made.token}"),
        why=f"You get this because {host.name} invited {made.email}. "
        "If you do not know why, ignore it: nothing happens without the link.",
    )
