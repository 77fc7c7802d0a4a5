"""A folder that a recorder, or a person, puts transcripts of calls into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from ridealong.lib.again import Refused
from ridealong.sources.base.connector import Access, Cursor, Ours, Page, Problem, Setting
from ridealong.sources.transcripts.talk import MAX_BYTES, Unreadable, read
from ridealong.sources.transcripts.telling import talk_fact

ENDINGS = frozenset({".vtt", ".srt", ".json", ".txt"})
_PAGE = 20
Mark = tuple[int, str]
"""When a file was last changed (nanoseconds), and its place in the folder."""


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
        """Read files in order of their last change; one changed again is read again."""
        folder = _folder(access)
        last = (int(cursor.get("changed", -1)), str(cursor.get("name", "")))
        files = [mark for mark in _files(folder) if mark > last]
        done, waiting = 0, iter(files)
        while marks := list(islice(waiting, _PAGE)):
            done += len(marks)
            yield _page(folder, marks, ours, done=done, total=len(files))


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
            if path.suffix.lower() in ENDINGS and path.is_file()
        )
    except FileNotFoundError:
        # One was taken away while we looked.
        return _files(folder)
    except PermissionError as error:
        raise Refused(f"Folder: {error.filename} may not be read by Ridealong's user.") from error


def _page(folder: Path, marks: list[Mark], ours: Ours, *, done: int, total: int) -> Page:
    facts, problems = [], []
    for changed, name in marks:
        try:
            raw = _raw(folder / name)
            moment = datetime.fromtimestamp(changed // 10**9, UTC)
            facts.append(talk_fact(raw, read(raw, name), ours, otherwise=moment))
        except (Unreadable, OSError) as error:
            problems.append(Problem(name, str(error)))
    changed, name = marks[-1]
    cursor = {"changed": changed, "name": name}
    return Page(tuple(facts), cursor, "transcripts", done, total, tuple(problems))


def _raw(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise Unreadable(f"The file is larger than {MAX_BYTES // 1024**2} MB.")
    return path.read_bytes()


CONNECTORS = (Folder(),)
