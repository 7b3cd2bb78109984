"""Reports and datasets behind URIs: a real S3 server on loopback, and fsspec's memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import fsspec
import pandas as pd
import pytest

from pipeline import flow
from pipeline.store import StoreError, read_index
from pipeline.store.remote import current_uri, local_copy
from tests.archives import archive, bytes_of, report

moto = pytest.importorskip("moto.server")
pytest.importorskip("s3fs")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """The URI of an empty bucket on a server of its own."""
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "NIANBAO_CACHE": str(tmp_path / "cache"),
    }.items():
        monkeypatch.setenv(name, value)
    # All servers of one process share their buckets.
    urlopen(Request(f"http://{host}:{port}/moto-api/reset", method="POST")).close()
    fsspec.filesystem("s3").clear_instance_cache()
    fsspec.filesystem("s3").mkdir("archive")
    yield "s3://archive"
    fsspec.filesystem("s3").clear_instance_cache()
    server.stop()


@pytest.mark.parametrize("workers", [0, 2])
def test_reports_in_s3_give_the_bytes_of_the_same_reports_on_disk(
    bucket: str, tmp_path: Path, workers: int
) -> None:
    raw = archive(tmp_path / "raw")
    fsspec.filesystem("s3").put(f"{raw}/", "archive/raw/", recursive=True)
    flow.run(raw, tmp_path / "disk")
    summary = flow.run(f"{bucket}/raw", tmp_path / "out", workers=workers)
    assert summary.files == {"ok": 12, "duplicate": 1, "quarantined": 2}
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "disk")
    again = flow.run(f"{bucket}/raw", tmp_path / "out")
    assert (again.unchanged, any(d.fresh for d in again.done)) == (True, False)


def test_datasets_in_s3_are_switched_by_one_pointer(bucket: str, tmp_path: Path) -> None:
    raw, out = archive(tmp_path / "raw"), f"{bucket}/out"
    assert current_uri(out) is None
    flow.run(raw, out)
    first = current_uri(out)
    assert len(pd.read_parquet(f"{first}/documents")) == 15
    (raw / "2024/新.docx").write_bytes(report("重庆市潼南区", 2024))
    flow.run(raw, out)
    second = current_uri(out)
    assert len(pd.read_parquet(f"{second}/documents")) == 16
    assert len(pd.read_parquet(f"{first}/documents")) == 15  # until the next switch
    assert bytes_of(local_copy(out)).keys() == {
        p.removeprefix(second.removeprefix("s3://") + "/") for p in fsspec.filesystem("s3").find(second)
    }


def test_an_upload_that_was_cut_off_is_taken_up(bucket: str, tmp_path: Path) -> None:
    raw, out = archive(tmp_path / "raw"), f"{bucket}/out"
    flow.run(raw, out)
    files = fsspec.filesystem("s3")
    files.rm("archive/out/CURRENT")
    files.rm([p for p in files.find("archive/out/versions") if "/facts/" in p])
    flow.run(raw, out)
    assert len(pd.read_parquet(f"{current_uri(out)}/facts")) > 0


def test_an_object_that_changes_is_read_again(bucket: str, tmp_path: Path) -> None:
    raw = archive(tmp_path / "raw")
    files = fsspec.filesystem("s3")
    files.put(f"{raw}/", "archive/raw/", recursive=True)
    flow.run(f"{bucket}/raw", tmp_path / "out")
    files.pipe_file("archive/raw/2023/重庆市铜梁区.docx", report("重庆市潼南区", 2023))
    again = flow.run(f"{bucket}/raw", tmp_path / "out")
    assert [d.source for d in again.done if d.fresh] == ["2023/重庆市铜梁区.docx"]
    assert all(d.stamp for d in read_index(tmp_path / "out/.index").values())


def test_reports_in_memory(tmp_path: Path) -> None:
    files = fsspec.filesystem("memory")
    files.pipe({"/reports/甲.docx": report("重庆市荣昌区", 2023), "/reports/乙.docx": b""})
    assert flow.run("memory://reports", tmp_path / "out").files["ok"] == 1


def test_without_an_s3_server_the_run_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    fsspec.filesystem("s3").clear_instance_cache()
    with pytest.raises(StoreError, match="s3://archive/raw"):
        flow.run("s3://archive/raw", tmp_path / "out")
    assert os.environ["AWS_ENDPOINT_URL"].endswith(":9")
