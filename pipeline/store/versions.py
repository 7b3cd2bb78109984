"""A new version of all datasets is built beside the old one, and takes its place in one step.

    OUT/.versions/7/facts/report_year=2024/part-35.parquet
    OUT/.current → .versions/7        replaced by one rename
    OUT/facts    → .current/facts     never changes

A reader that opens `OUT/.current` once (`current_version`) sees one version however long it reads; the one
before stays until the next switch. What has not changed is the same file in both (a hard link).
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from pipeline.schema import DATASETS
from pipeline.store.build import Built
from pipeline.store.sealed import Damaged, read_sealed, write_sealed, writing

_VERSIONS: Final = ".versions"
_CURRENT: Final = ".current"
_MANIFEST: Final = ".manifest"


@dataclass(slots=True)
class Manifest:
    """What a version was made of: hashes of its inputs, rows by dataset, sizes by file.

    `parts` are of the datasets of single reports, `pieces` of those made by comparison, both by key.
    """

    made_of: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    parts: dict[str, Built] = field(default_factory=dict)
    pieces: dict[str, Built] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)


def current_version(out: Path) -> Path | None:
    """The folder of the version that stands now, with the links resolved; None before the first run."""
    folder = out / _CURRENT
    return folder.resolve() if folder.is_dir() else None


def read_manifest(version: Path | None) -> Manifest:
    """What a version was made of; empty where there is none, or where one of its files is gone or cut off."""
    if version is None:
        return Manifest()
    try:
        data: dict[str, Any] = json.loads(bytes(read_sealed(version / _MANIFEST)))
        built = {kind: {k: Built(**b) for k, b in data[kind].items()} for kind in ("parts", "pieces")}
        manifest = Manifest(**data | built)
        if all((version / name).stat().st_size == size for name, size in manifest.files.items()):
            return manifest
    except (OSError, Damaged, TypeError, KeyError):
        pass
    return Manifest()


def building(out: Path) -> Path:
    """An empty folder in which the next version is built.

    It has a name of its own each time: a worker that outlives a killed run may still write into the old one.
    """
    folder = out / _VERSIONS / f"building-{secrets.token_hex(4)}"
    with writing(out):
        for old in (out / _VERSIONS).glob("building*"):
            shutil.rmtree(old, ignore_errors=True)
        folder.mkdir(parents=True)
    return folder


def take_over(old: Path, new: Path, part: Built) -> None:
    """Give the new version the files of a part that has not changed. OSError where one is gone."""
    for name in part.files:  # there are thousands, in a few folders: no path object for each
        try:
            os.link(f"{old}/{name}", f"{new}/{name}")
        except OSError:  # no folder yet, or a file system without hard links
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            _link_or_copy(old / name, new / name)


def _link_or_copy(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def publish(out: Path, folder: Path, manifest: Manifest) -> Path:
    """Make the folder that was built the version that stands; return its new place."""
    manifest.files = dict(sorted(_sizes(folder, "")))
    write_sealed(folder / _MANIFEST, json.dumps(manifest, default=_fields).encode())
    with writing(out):
        os.sync()  # all of it is on the disk before the switch is
        version = out / _VERSIONS / str(_last(out) + 1)
        folder.rename(version)
        before = current_version(out)
        _link(out / _CURRENT, Path(_VERSIONS) / version.name)
        _forget(out, {version, before})
    link_datasets(out)
    return version


def _fields(row: Any) -> dict[str, Any]:
    """The fields of a row as they are: asdict() would copy every list in them."""
    return {f.name: getattr(row, f.name) for f in fields(row)}


def _sizes(folder: str | Path | os.DirEntry[str], below: str) -> Iterator[tuple[str, int]]:
    """The size of every file below a folder, by path: a listing is much cheaper than a look at each path."""
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                yield from _sizes(entry, f"{below}{entry.name}/")
            else:
                yield below + entry.name, entry.stat().st_size


def link_datasets(out: Path) -> None:
    """Let every dataset's name lead into the version that stands."""
    with writing(out):
        for name in DATASETS:
            _link(out / name, Path(_CURRENT) / name)


def _last(out: Path) -> int:
    return max((int(p.name) for p in (out / _VERSIONS).iterdir() if p.name.isdigit()), default=0)


def _link(link: Path, target: Path) -> None:
    """Make `link` point to `target`, replacing what is there in one step."""
    if link.is_symlink() and link.readlink() == target:
        return
    if link.is_dir() and not link.is_symlink():
        shutil.rmtree(link)  # from before there were versions
    temporary = link.with_name(f".{link.name.lstrip('.')}.new")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target, target_is_directory=True)
    temporary.replace(link)


def _forget(out: Path, kept: set[Path | None]) -> None:
    names = {p.name for p in kept if p is not None}
    for path in (out / _VERSIONS).iterdir():
        if path.name not in names:
            shutil.rmtree(path, ignore_errors=True)
