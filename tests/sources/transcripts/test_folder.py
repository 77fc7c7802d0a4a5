"""A folder that is watched: what comes, changes and goes, and what a talk tells the record."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ridealong.lib.again import Refused
from ridealong.record.facts import checked
from ridealong.sources.base.connector import Access, Ours, Problem
from ridealong.sources.transcripts.connector import Folder
from tests.support.examples import costly

OURS = Ours(
    domains=frozenset({"seller.example"}),
    members={"ada@seller.example": "ada", "lea@seller.example": "lea"},
    currency="EUR",
    zone=ZoneInfo("Europe/Berlin"),
    names={"ada stone": "ada", "lea wolf": "lea"},
)


def vtt(*lines: tuple[str, str]) -> str:
    """Write a talk in which each says something for ten seconds."""
    cues = [
        f"00:00:{10 * n:02}.000 --> 00:00:{10 * n + 10:02}.000\n<v {who}>{words}</v>\n"
        for n, (who, words) in enumerate(lines)
    ]
    return "WEBVTT\n\n" + "\n".join(cues)


BUYER = vtt(("Ada Stone", "Shall we sign?"), ("Jan Meyer", "In March."), ("Ada Stone", "Good."))


class Watched:
    """A folder, and what the record would hold of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cursor: dict[str, Any] = {}
        self.told: dict[str, dict[str, Any]] = {}
        self.problems: list[Problem] = []

    def put(self, name: str, text: str, *, changed: int = 1_800_000_000) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (changed, changed))

    def sync(self, *, pages: int | None = None) -> int:
        """Sync, or only so many pages of it; return how many facts came."""
        count = 0
        pulled = Folder().pull(Access({"folder": str(self.folder)}), self.cursor, OURS)
        for number, page in enumerate(pulled):
            if number == pages:
                break
            self.told |= {f.external_id: dict(checked(f).changes) for f in page.facts}
            self.problems += page.problems
            self.cursor = dict(page.cursor)
            count += len(page.facts)
        return count

    @property
    def talks(self) -> list[dict[str, Any]]:
        return [said for _, said in sorted(self.told.items()) if "kind" in said]


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def test_a_talk_tells_who_talked_and_asked_how_much(watched):
    watched.put("2026-03-12 10-00 Review.vtt", BUYER)
    watched.sync()
    (talk,) = watched.talks
    assert (talk["kind"], talk["member"], talk["members"]) == ("phone_call", "ada", ["ada"])
    assert talk["begins"] == "2026-03-12T10:00:00+00:00"
    assert [(p["name"], p["ours"], p["share"], p["questions"]) for p in talk["people"]] == [
        ("Ada Stone", True, 0.6667, 1),
        ("Jan Meyer", False, 0.3333, 0),
    ]


def test_two_colleagues_alone_have_a_one_on_one(watched):
    watched.put("a.vtt", vtt(("Ada Stone", "Hello."), ("Lea Wolf", "Hello Ada.")))
    watched.sync()
    (talk,) = watched.talks
    assert (talk["kind"], talk["members"]) == ("one_on_one", ["ada", "lea"])


def test_what_is_moved_in_with_an_old_date_is_read_too(watched):
    watched.put("new.vtt", BUYER)
    assert watched.sync() == 1
    watched.put("old.vtt", BUYER.replace("March", "May"), changed=1_700_000_000)
    assert watched.sync() == 1
    assert watched.sync() == 0
    assert len(watched.talks) == 2


def test_a_file_that_was_still_being_written_is_one_talk_in_the_end(watched):
    half, _, _ = BUYER.rpartition("00:00:20")
    watched.put("a.vtt", half)
    watched.sync()
    watched.put("a.vtt", BUYER, changed=1_800_000_060)
    watched.sync()
    (talk,) = watched.talks
    assert "Good." in talk["text"]


def test_a_copy_is_the_same_talk_and_a_file_that_goes_takes_nothing_along(watched):
    watched.put("a.vtt", BUYER)
    watched.put("b/copy.vtt", BUYER)
    watched.sync()
    watched.put("b/copy.vtt", BUYER.replace("March", "May"), changed=1_800_000_060)
    (watched.folder / "a.vtt").unlink()
    watched.sync()
    assert len(watched.talks) == 1
    watched.put("c.vtt", BUYER, changed=1_800_000_120)
    watched.sync()
    assert len(watched.talks) == 2
    (watched.folder / "c.vtt").unlink()
    watched.sync()
    assert len(watched.talks) == 2


def test_what_is_no_transcript_is_listed_and_links_are_not_followed(watched, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "secret.vtt"
    elsewhere.write_text(BUYER)
    (watched.folder / "link.vtt").symlink_to(elsewhere)
    watched.put("odd.json", "{nope")
    watched.put("notes.md", "Hello")
    watched.sync()
    assert watched.talks == []
    assert [problem.what for problem in watched.problems] == ["odd.json"]


@pytest.mark.parametrize("folder", ["here", "/nowhere/at/all"])
def test_a_folder_that_is_none_is_said(folder):
    with pytest.raises(Refused, match="Folder"):
        Folder().check(Access({"folder": folder}), OURS)


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Watched:
    """Seventy transcripts, some of them broken, some of them copies; they were read once."""
    made = Watched(tmp_path_factory.mktemp("many"))
    for number in range(70):
        text = "{nope" if number % 9 == 0 else BUYER.replace("March", f"March {number // 2}")
        made.put(f"{number % 4}/{number}.vtt", text, changed=1_800_000_000 + number % 7)
    made.sync()
    return made


@costly(10)
@example(cuts=[1, 1, 1, 1], twice=True)
@given(cuts=st.lists(st.integers(0, 4), max_size=4), twice=st.booleans())
def test_cut_anywhere_and_run_again_it_is_one_clean_run(many, cuts, twice):
    cut = Watched(many.folder)
    for pages in cuts:
        cut.sync(pages=pages)
    cut.sync()
    if twice:
        cut.cursor = {}
        cut.sync()
    assert cut.told == many.told
    assert cut.sync() == 0
