"""Which screens stand in the bar and which in its menu, for each role."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from ridealong.record.states import Member


@dataclass(frozen=True)
class Screen:
    """A screen: the name of its address, what its link says, and which paths are part of it."""

    name: str
    label: str
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """A link to a screen, for one member on one page."""

    label: str
    address: str
    here: bool


@dataclass(frozen=True)
class Navigation:
    """The links of one member: those in the bar, and of the menu those to work with and set up."""

    bar: tuple[Link, ...]
    more: tuple[Link, ...]
    setting_up: tuple[Link, ...]

    @property
    def below(self) -> bool:
        """Whether the page is one of the menu's."""
        return any(link.here for link in (*self.more, *self.setting_up))


SCREENS = {
    screen.name: screen
    for screen in (
        Screen("today", "Today", ("/today",)),
        Screen("brief", "Brief", ("/brief",)),
        Screen("call-mode", "Call", ("/call",)),
        Screen("pipeline", "Pipeline", ("/pipeline", "/deals")),
        Screen("forecast", "Forecast", ("/forecast",)),
        Screen("signals", "Signals", ("/signals",)),
        Screen("people", "People", ("/people",)),
        Screen("person", "My page", ("/people",)),
        Screen("leadership", "Leadership", ("/leadership",)),
        Screen("recall", "Recall", ("/recall",)),
        Screen("confirm", "To confirm", ("/confirm",)),
        Screen("insights", "Insights", ("/insights",)),
        Screen("ride-alongs", "Ride-alongs", ("/ride-alongs",)),
        Screen("playbook", "Playbook", ("/playbook",)),
        Screen("members", "Members", ("/members",)),
        Screen("sources", "Sources", ("/sources",)),
        Screen("import", "Import", ("/import",)),
        Screen("company", "Company", ("/company",)),
    )
}
# Those that matter most come first: of the bar, a phone shows the first four.
BAR = {
    "owner": "today brief call-mode pipeline forecast signals people leadership",
    "leader": "today brief call-mode pipeline forecast signals people recall",
    "salesperson": "today brief pipeline forecast signals confirm recall person",
    "admin": "today members sources import company",
}
MORE = {
    "owner": "recall insights ride-alongs playbook",
    "leader": "leadership insights ride-alongs playbook confirm",
    "salesperson": "insights ride-alongs playbook",
    "admin": "signals playbook",
}
SETTING_UP = {
    "owner": "members sources import company",
    "leader": "members sources",
    "salesperson": "members sources",
    "admin": "",
}


def navigation(member: Member, path: str) -> Navigation:
    """Return a member's links on the page at ``path``."""

    def links(names: str) -> tuple[Link, ...]:
        return tuple(_link(SCREENS[name], member, path) for name in names.split())

    role = member.role
    return Navigation(links(BAR[role]), links(MORE[role]), links(SETTING_UP[role]))


def _link(screen: Screen, member: Member, path: str) -> Link:
    numbered = [member.id] if screen.name == "person" else []
    here = any(path == own or path.startswith(f"{own}/") for own in screen.paths)
    return Link(screen.label, reverse(screen.name, args=numbered), here)
