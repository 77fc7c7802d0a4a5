"""A folder that a recorder, or a person, puts transcripts of calls into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from ridealong.lib.again import Refused
from ridealong.record.facts import Fact
from ridealong.sources.base.connector import Access, Cursor, Ours, Page, Problem, Setting
from ridealong.sources.transcripts.talk import MAX_BYTES, Unreadable, read
from ridealong.sources.transcripts.telling import taken_back, talk_fact

ENDINGS = frozenset({".vtt", ".srt", ".json", ".txt"})
_PAGE = 20
Mark = tuple[int, str]
"""When a file was last changed (nanoseconds), and its place in the folder."""
Seen = dict[str, tuple[int, str]]
"""{place in the folder: (when it was last changed, key of the talk in it, "" for none)}. A moment
alone would not do: what is moved into a folder keeps its own, which may be long ago."""


class Folder:
    """Transcripts in a folder of this machine and the folders in it."""

    kind = "transcripts"
    title = "Folder of call transcripts"
    weighs = "transcript"
    every = timedelta(minutes=5)
    for_everyone = False
    settings = (
        Setting(
            "folder",
            "Folder",
            help="Where the recorder saves its files, as an absolute path on the machine that "
            "Ridealong runs on. Read are .vtt, .srt, .json and .txt; nothing is changed there.",
        ),
    )

    def check(self, access: Access, ours: Ours) -> str:
        """Count the files that are there. Raises ``Refused``."""
        count = len(_files(_folder(access)))
        return f"{count:,} transcript{'' if count == 1 else 's'} in {access['folder']}"

    def pull(self, access: Access, cursor: Cursor, ours: Ours) -> Iterator[Page]:
        """Read files that are new or changed, in order of their last change.

        What a file said before it was changed (half of it, while it was being written) is taken
        back; what a file said that is gone stays.
        """
        folder = _folder(access)
        there = _files(folder)
        names = {name for _, name in there}
        before: Seen = {n: (m, k) for n, (m, k) in cursor.get("files", {}).items() if n in names}
        fresh = [mark for mark in there if before.get(mark[1], (None, ""))[0] != mark[0]]
        done, waiting = 0, iter(fresh)
        while marks := list(islice(waiting, _PAGE)):
            done += len(marks)
            yield _page(folder, marks, before, ours, done=done, total=len(fresh))


def _folder(access: Access) -> Path:
    folder = Path(access["folder"]).expanduser()
    if not folder.is_absolute():
        raise Refused(f"Folder: {folder} is no absolute path.")
    if not folder.is_dir():
        raise Refused(f"Folder: there is no folder {folder} on the machine that Ridealong runs on.")
    return folder


def _files(folder: Path) -> list[Mark]:
    try:
        return sorted(
            (path.stat().st_mtime_ns, str(path.relative_to(folder)))
            for path in folder.rglob("*")
            if path.suffix.lower() in ENDINGS and path.is_file() and not path.is_symlink()
        )
    except FileNotFoundError:
        # One was taken away while we looked.
        return _files(folder)
    except PermissionError as error:
        raise Refused(f"Folder: {error.filename} may not be read by Ridealong's user.") from error


def _page(
    folder: Path, marks: list[Mark], seen: Seen, ours: Ours, *, done: int, total: int
) -> Page:
    """Read some files; ``seen`` is brought up to date."""
    facts: dict[str, Fact] = {}
    problems = []
    for changed, name in marks:
        old, key = seen.get(name, (0, ""))[1], ""
        try:
            raw = _raw(folder / name)
            moment = datetime.fromtimestamp(changed // 10**9, UTC)
            fact = talk_fact(raw, read(raw, name), ours, otherwise=moment)
            facts[fact.key], key = fact, fact.key
        except (Unreadable, OSError) as error:
            problems.append(Problem(name, str(error)))
        seen[name] = (changed, key)
        if old and all(kept != old for _, kept in seen.values()):
            facts[old] = taken_back(old)
    cursor = {"files": {name: list(each) for name, each in seen.items()}}
    return Page(tuple(facts.values()), cursor, "transcripts", done, total, tuple(problems))


def _raw(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise Unreadable(f"The file is larger than {MAX_BYTES // 1024**2} MB.")
    return path.read_bytes()


CONNECTORS = (Folder(),)
