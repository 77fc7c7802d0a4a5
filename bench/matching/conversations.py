"""Conversations that are about a deal."""

from __future__ import annotations

from datetime import datetime, timedelta

from bench.matching import wording
from bench.matching.companies import DAYS, SALESPEOPLE, START, Deal, moved
from bench.matching.desk import Desk, Scene


class Conversations(Desk):
    """Threads, meetings, calls and series about deals, with customers, partners and inside."""

    def about(self, deal: Deal) -> None:
        """Write everything about one deal."""
        last = deal.candidate.closed or START + timedelta(days=DAYS)
        first = max(deal.candidate.opened, START)
        span = max((last - first).days, 1)
        for _ in range(max(1, round(span / 19))):
            self._thread(self._scene(deal), self._moment(deal))
        for _ in range(max(1, span // 35)):
            self._single(deal, "meeting")
            self._single(deal, "call")
        if self.chance.random() < 0.3:
            self._series(deal)
        if self.chance.random() < 0.35:
            self._partner(deal)
        for _ in range(self.chance.choice([0, 0, 1, 1])):
            self._inside(deal)
        if self.chance.random() < 0.05:
            self._changed_employer(deal)

    def _thread(self, scene: Scene, at: datetime) -> None:
        people, told, earlier = list(scene.people), bool(scene.cue), ""
        deal, title, thread = scene.deal, scene.title, scene.thread
        for turn in range(self.chance.choice([1, 2, 2, 3, 3, 4, 5, 6, 8])):
            cue = scene.cue if self.chance.random() < 0.4 or not turn else ""
            if turn and not told and self.chance.random() < 0.15:
                cue = self._said(deal)
            told = told or bool(cue)
            if turn and self.chance.random() < 0.15:
                people.append(self.chance.choice(deal.company.people))
            if turn and self.chance.random() < 0.02:
                thread = f"thread-{len(self.labelled)}"
            text = wording.body(self.chance, cue)
            text = self._signed(text, people[0], deal.company.name) if turn % 2 else text
            shown = f"{text}\n> {earlier}" if earlier and self.chance.random() < 0.4 else text
            reply = self.chance.choice(["Re: ", "AW: ", "Re: ", ""]) if turn else ""
            outside = people if self.chance.random() > 0.03 else []
            label = (deal, self._unclear(deal, at, people, told), "mail" if outside else "aside")
            words = (reply + title, shown)
            self._add((at, "mail"), words, (scene.members, outside), label, thread=thread)
            if self.chance.random() < 0.03:
                self._forwarded(scene, at, text, label[1], thread)
            at, earlier = at + timedelta(hours=self.chance.randint(1, 70)), text

    def _forwarded(self, scene: Scene, at: datetime, text: str, unclear: bool, thread: str) -> None:
        """Pass a mail on to a colleague; most mail programs keep the thread."""
        words = (f"Fwd: {scene.title}", f"fyi\n\nFrom: {scene.people[0].name}\n{text}")
        members = scene.members | {self.chance.choice(SALESPEOPLE)}
        label = (scene.deal, unclear, "forward")
        kept = thread if self.chance.random() < 0.7 else ""
        self._add((at + timedelta(minutes=9), "mail"), words, (members, []), label, thread=kept)

    def _single(self, deal: Deal, kind: str) -> None:
        at, scene = self._moment(deal), self._scene(deal)
        title = scene.title
        if kind == "call" and not scene.cue:
            title = f"Call with {scene.people[0].name}"
        text = wording.body(self.chance, scene.cue) if self.chance.random() < 0.6 else ""
        unclear = self._unclear(deal, at, scene.people, bool(scene.cue))
        label = (deal, unclear, kind)
        self._add((at, kind), (title, text), (scene.members, scene.people), label)

    def _series(self, deal: Deal) -> None:
        scene = self._scene(deal)
        first = max(deal.candidate.opened, START)
        last = deal.candidate.closed or START + timedelta(days=DAYS)
        series, people = f"series-{len(self.labelled)}", list(scene.people)
        title = f"Weekly {self._named(deal.company)} {scene.cue}".strip()
        for week in range(self.chance.randint(3, 9)):
            at = first + timedelta(days=7 * week, hours=3)
            if at > last:
                return
            if self.chance.random() < 0.2:
                people.append(self.chance.choice(deal.company.people))
            here = people if self.chance.random() > 0.1 else []
            label = (deal, self._unclear(deal, at, people, bool(scene.cue)), "series")
            self._add((at, "meeting"), (title, ""), (scene.members, here), label, series=series)

    def _partner(self, deal: Deal) -> None:
        """An agency writes about its customer, mostly without anybody of the customer."""
        people = self.chance.choice(sorted(self.partners.items()))[1]
        company, cue = self._named(deal.company), self._said(deal)
        title = wording.subject(self.chance, cue, company)
        text = wording.body(self.chance, cue)
        if company not in title or self.chance.random() < 0.5:
            text += f" {company} would like an answer this week."
        at, thread = self._moment(deal), f"thread-{len(self.labelled)}"
        unclear = self._unclear(deal, at, [], bool(cue))
        members = self._members(deal)
        for turn in range(self.chance.randint(1, 3)):
            outside = people[: self.chance.randint(1, 2)]
            if turn and self.chance.random() < 0.3:
                outside = [*outside, deal.people[0]]
            words = (("Re: " if turn else "") + title, text)
            label = (deal, unclear, "partner")
            self._add((at, "mail"), words, (members, outside), label, thread=thread)
            at, text = at + timedelta(hours=20), wording.body(self.chance, "")

    def _inside(self, deal: Deal) -> None:
        """Colleagues forward a customer's mail, or write about the deal among themselves."""
        at, scene = self._moment(deal), self._scene(deal)
        members = scene.members | {self.chance.choice(SALESPEOPLE)}
        style = self.chance.randint(0, 3)
        text = wording.body(self.chance, scene.cue)
        if style == 0:
            title = f"Fwd: {scene.title}"
            text = f"fyi\n\nFrom: {scene.people[0].name} <{scene.people[0].address}>\n{text}"
        elif style == 1:
            title = deal.candidate.name
            if deal.company.short not in title:
                title = f"{deal.company.short} – {title}"
        else:
            title = f"{deal.company.short} {self.chance.choice(wording.SUBJECTS)}"
        unclear = self._unclear(deal, at, [], bool(scene.cue) or style == 1)
        self._add((at, "mail"), (title, text), (members, []), (deal, unclear, "inside"))

    def _changed_employer(self, deal: Deal) -> None:
        """Somebody known from one deal writes about another, from the new place or from home."""
        other = self.chance.choice([each for each in self.deals if each.company != deal.company])
        person = moved(self.chance, self.chance.choice(deal.people), other.company)
        for _ in range(3):
            scene = self._scene(other)
            at = self._moment(other)
            text = wording.body(self.chance, scene.cue)
            text = f"{text}\n\n{person.name}\n{other.company.name}"
            unclear = self._unclear(other, at, [], bool(scene.cue))
            label = (other, unclear, "moved")
            words = (scene.title, text)
            self._add((at, "mail"), words, (scene.members, [person]), label, thread=scene.thread)
