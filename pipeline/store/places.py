"""A folder of reports, on a disk or behind a URI → its files: path, size, stamp, bytes.

On a disk, names need not be UTF-8 and links may run in circles; every file has one name in the data, and
what cannot be opened is answered for like any other file. Everything else is read through fsspec.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from pipeline.store.sealed import StoreError

# What people put beside reports; everything else in the folder is taken for a report and answered for.
_PASSED_OVER: Final = (".py", ".pyc", ".md", ".csv")
_HIDDEN: Final = (".", "~$", "__")


@dataclass(frozen=True, slots=True)
class Entry:
    """One input file: `path` below the folder as the system knows it, and what tells whether it has changed.

    `stamp` is empty where nothing tells. `changed_ns` is the last change, nanoseconds since 1970.
    """

    path: str
    size: int = 0
    stamp: str = ""
    changed_ns: int = 0

    @property
    def source(self) -> str:
        """The path as it stands in the data."""
        return printable(self.path)


class Place(Protocol):
    """A folder of reports."""

    def entries(self) -> list[Entry]:
        """Every file that is taken for a report, in order of its path."""

    def read(self, path: str) -> tuple[bytes, Entry]:
        """The bytes of a file, and what it was like then. OSError where it cannot be opened."""


def place_at(raw: Path | str) -> Place:
    """The folder at a path or URI (s3://…, memory://…, smb://…)."""
    text = os.fspath(raw)
    if "://" in text and not text.startswith("file://"):
        return Remote(text)
    return Local(Path(text.removeprefix("file://")))


def printable(path: str) -> str:
    r"""A path as valid text, each its own: bytes that are no UTF-8 become `\xhh`, a backslash is doubled."""
    data = path.replace("\\", "\\\\").encode("utf-8", "surrogateescape")
    return data.decode("utf-8", "backslashreplace")


def passed_over(path: str) -> bool:
    """The file is no report: its ending, or a hidden part of its path, says so."""
    return path.lower().endswith(_PASSED_OVER) or any(p.startswith(_HIDDEN) for p in path.split("/"))


@dataclass(frozen=True, slots=True)
class Local:
    """A folder on a disk or a share."""

    root: Path

    def entries(self) -> list[Entry]:
        """Every file below the folder. Links to files count as files, links to folders are followed once."""
        found = (self._entry(path) for path in self._walk())
        return sorted(found, key=lambda e: e.source)

    def read(self, path: str) -> tuple[bytes, Entry]:
        """The bytes of a file. Changing where it does not keep still, OSError where it cannot be opened."""
        # Without O_NONBLOCK a pipe among the reports would be waited for, for ever.
        handle = os.open(self.root / path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise OSError(0, "no regular file")
            data = file.read()
            after = os.fstat(file.fileno())
        if _stamp(before) != _stamp(after) or len(data) != after.st_size:
            raise Changing(path)
        return data, Entry(path, after.st_size, _stamp(after), _changed(after))

    def _walk(self) -> Iterator[str]:
        """Paths of all files. Links to folders come after the folders, so that a file keeps its own path."""
        root = self.root.resolve()
        folders, links = [""], list[str]()
        seen: set[tuple[int, int]] = set()
        while folders or links:
            below = folders.pop() if folders else links.pop(0)
            try:
                if not self._is_new(below, seen):
                    continue
                with os.scandir(self.root / below) as found:
                    names = sorted(found, key=lambda e: e.name)
            except OSError:
                yield below  # a folder that cannot be listed is answered for in its own name
                continue
            for name in (n for n in names if not passed_over(n.name)):
                path = f"{below}/{name.name}" if below else name.name
                if not _is_folder(name):
                    yield path
                elif not name.is_symlink():
                    folders.append(path)
                elif not Path(name.path).resolve().is_relative_to(root):
                    links.append(path)

    def _is_new(self, below: str, seen: set[tuple[int, int]]) -> bool:
        status = (self.root / below).stat()
        identity = (status.st_dev, status.st_ino)
        new = identity not in seen
        seen.add(identity)
        return new

    def _entry(self, path: str) -> Entry:
        try:
            status = os.stat(f"{self.root}/{path}")  # noqa: PTH116  # a Path for each of many files is slower than the call
        except OSError:
            return Entry(path)
        return Entry(path, status.st_size, _stamp(status), _changed(status))


def _is_folder(name: os.DirEntry[str]) -> bool:
    try:
        return name.is_dir()
    except OSError:  # a link that leads in a circle
        return False


class Changing(OSError):
    """A file that changed while it was read."""


def _stamp(s: os.stat_result) -> str:
    """What differs when a file's bytes do: st_ctime cannot be set back by a program."""
    return f"{s.st_size}:{s.st_mtime_ns}:{s.st_ctime_ns}:{s.st_ino}:{s.st_dev}"


def _changed(s: os.stat_result) -> int:
    return max(s.st_mtime_ns, s.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class Remote:
    """A folder in an object store or on a server, through fsspec."""

    uri: str

    def entries(self) -> list[Entry]:
        """Every object below the URI. StoreError where the server does not answer."""
        try:
            files, root = self._open()
            files.invalidate_cache()
            found = files.find(root, detail=True)
        except network_faults() as e:
            raise StoreError(f"{self.uri} cannot be listed ({e}); check address and credentials") from e
        entries = [_remote_entry(name[len(root) :].strip("/"), info) for name, info in found.items()]
        return sorted((e for e in entries if not passed_over(e.path)), key=lambda e: e.source)

    def read(self, path: str) -> tuple[bytes, Entry]:
        """The bytes of an object. OSError where it cannot be opened."""
        files, root = self._open()
        name = f"{root.rstrip('/')}/{path}"
        try:
            data: bytes = files.cat_file(name)
            entry = _remote_entry(path, files.info(name))
        except network_faults() as e:
            raise OSError(0, str(e)) from e
        if entry.size != len(data):
            raise Changing(path)
        return data, entry

    def _open(self) -> tuple[Any, str]:
        import fsspec  # noqa: PLC0415  # only where a URI is read

        files, root = fsspec.core.url_to_fs(self.uri)
        return files, root


def network_faults() -> tuple[type[Exception], ...]:
    """What is raised when a server does not answer: S3's client has exceptions of its own."""
    try:
        from botocore.exceptions import BotoCoreError  # noqa: PLC0415  # only where a URI is read
    except ImportError:
        return (OSError,)
    return (OSError, BotoCoreError)


def _remote_entry(path: str, info: dict[str, Any]) -> Entry:
    """An object's tag tells its bytes apart; where there is none it is read every time."""
    tag = info.get("ETag") or info.get("etag") or ""
    return Entry(path, int(info.get("size") or 0), f"{info.get('size')}:{tag}" if tag else "")
