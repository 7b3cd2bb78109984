"""A version on the disk → the same version behind a URI (s3://…), where a pointer says which one stands.

    s3://bucket/out/versions/3f2a…/facts/report_year=2024/part-0.parquet
    s3://bucket/out/CURRENT            names the version that stands; written last, in one request

Object stores have neither links nor renames, so readers ask `current_uri` first.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any, Final

from pipeline.store.places import network_faults
from pipeline.store.sealed import StoreError
from pipeline.store.versions import Manifest

_POINTER: Final = "CURRENT"
_VERSIONS: Final = "versions"


def is_remote(out: Path | str) -> bool:
    """The output is behind a URI."""
    return "://" in str(out)


def local_copy(uri: str) -> Path:
    """Where what goes to a URI is built and results are kept: below NIANBAO_CACHE or the user's cache."""
    cache = os.environ.get("NIANBAO_CACHE") or Path.home() / ".cache" / "nianbao"
    return Path(cache) / hashlib.sha256(uri.rstrip("/").encode()).hexdigest()[:16]


def current_uri(uri: str) -> str | None:
    """The URI of the version that stands, to be read like a local folder; None before the first upload."""
    files, root = _open(uri)
    try:
        pointer = json.loads(files.cat_file(f"{root}/{_POINTER}"))
    except FileNotFoundError:
        return None
    return f"{uri.rstrip('/')}/{pointer['version']}"


def upload(version: Path, manifest: Manifest, uri: str) -> str:
    """Copy a version behind the URI and let it stand; return its URI. StoreError where that fails.

    A version is named after what it was made of: an interrupted upload is taken up, a finished one stays.
    """
    name = f"{_VERSIONS}/{_name(manifest)}"
    standing = current_uri(uri)
    if standing == f"{uri.rstrip('/')}/{name}":
        return standing
    files, root = _open(uri)
    try:
        for path in (p for p in manifest.files if not p.startswith(".")):
            files.put_file(str(version / path), f"{root}/{name}/{path}")
        files.pipe_file(f"{root}/{_POINTER}", json.dumps({"version": name}).encode())
        _forget(files, root, {name, standing.removeprefix(f"{uri.rstrip('/')}/") if standing else name})
    except network_faults() as e:
        raise StoreError(f"{uri} cannot be written ({e}); run again: what is done is kept") from e
    return f"{uri.rstrip('/')}/{name}"


def _name(manifest: Manifest) -> str:
    return hashlib.sha256(json.dumps(manifest.made_of, sort_keys=True).encode()).hexdigest()[:16]


def _forget(files: Any, root: str, kept: set[str]) -> None:
    """Remove all versions but the one that stands and the one before."""
    files.invalidate_cache()
    names = {p.removeprefix(f"{root}/").split("/")[1] for p in files.find(f"{root}/{_VERSIONS}")}
    for name in names - {k.split("/")[1] for k in kept}:
        files.rm(f"{root}/{_VERSIONS}/{name}", recursive=True)


def _open(uri: str) -> tuple[Any, str]:
    import fsspec  # noqa: PLC0415  # only where a URI is written

    files, root = fsspec.core.url_to_fs(uri.rstrip("/"))
    return files, root
