"""The claims stage on one report: characters a second, and time as a ratio to plain jieba over the same text."""

from __future__ import annotations

from pathlib import Path

import jieba

from benchmarks.measure import timed
from pipeline.claims import claim
from pipeline.extract import context_of
from pipeline.read import read
from pipeline.rules import load
from pipeline.segment.quantities import find
from pipeline.segment.sentences import spans, split
from pipeline.segment.tokens import plain_tagger, rust_tagger


def bench(report: Path, runs: int = 9) -> None:
    """Print time for tokens, quantities and the whole stage, and how far both tokenizers agree."""
    rules = load()
    parsed = read(report.read_bytes(), report.name, rules)
    context = context_of(parsed)
    prose = [b for b in parsed.blocks if b.kind in ("paragraph", "list")]
    size = sum(len(b.text) for b in prose)
    floor = timed(lambda: [jieba.lcut(b.text) for b in prose], runs)[0]
    print(f"\nclaims: {report.name}, {size} characters of prose")
    works = {
        "plain jieba": lambda: [jieba.lcut(b.text) for b in prose],
        "sentences and tokens": lambda: [split(b.block_no, b.text, rules) for b in prose],
        "quantities": lambda: [find(b.text, rules) for b in prose],
        "claims, the whole stage": lambda: claim(parsed.blocks, context, rules),
    }
    for name, work in works.items():
        middle, best = timed(work, runs)
        print(
            f"{name:26} {middle:8.1f} ms median {best:8.1f} ms best {middle / floor:6.2f} × jieba {size / middle / 1000:6.2f} M chars/s"
        )
    plain, fast = plain_tagger(rules.dictionary), rust_tagger(rules.dictionary)
    sentences = [b.text[a:z] for b in prose for a, z in spans(b.text)]
    same = sum(plain(s) == fast(s) for s in sentences)
    print(f"rjieba gives the same tokens in {same} of {len(sentences)} sentences")


if __name__ == "__main__":
    folder = Path("raw")
    bench(max(folder.rglob("*.docx"), key=lambda p: (p.stat().st_size, p.name)))
