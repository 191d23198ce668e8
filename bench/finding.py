"""How long finding takes over the whole catalogue: the index in memory, and PostgreSQL's full text over the same terms."""

import gzip
import json
import resource
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import psycopg

from bench.rig.stage import Stage
from bench.rig.table import Row, percentile

QUESTION = "How long does finding a procedure in people's words take over the whole catalogue?"
GOAL = "p95 below 50 ms"
ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT.parent / "shared/data/tthc_catalogue.jsonl.gz"
WORDS = ROOT / "packs/national/texts/synonyms.toml"
QUESTIONS = ROOT / "src/tinhso/platform/catalogue/tests/questions.tsv"
Ask = Callable[[str], list[str]]


def measure(stage: Stage) -> list[Row]:
    """The 95th percentile of both in turn, the time to build, the memory of the index, and how often each was right."""
    if not FILE.is_file():
        stage.say("the portal's file is not there: nothing to measure")
        return []
    questions = [line.split("\t") for line in QUESTIONS.read_text().splitlines() if line and not line.startswith("#")]
    before, begun = _memory(), time.perf_counter()
    index = _index()
    built, grown = time.perf_counter() - begun, _memory() - before
    with psycopg.connect(stage.make_database("finding"), autocommit=True) as connection:
        asked: dict[str, Ask] = {"memory": _asks_memory(index), "full text": _asks_full_text(index, connection)}
        spent: dict[str, list[float]] = {name: [] for name in asked}
        right = dict.fromkeys(asked, 0)
        for number in range(stage.rounds):
            for name, ask in asked.items():
                for question, accepted in questions:
                    moment = time.perf_counter()
                    found = ask(question)[:3]
                    spent[name].append((time.perf_counter() - moment) * 1000)
                    right[name] += bool(set(found) & set(accepted.split()))
            stage.say(f"round {number + 1} of {stage.rounds}")
    ours, theirs = (percentile(spent[name], 0.95) for name in asked)
    shares = {name: right[name] / len(questions) / stage.rounds for name in asked}
    told = f"(p50 {percentile(spent['memory'], 0.5):.1f} ms; in the first three: {shares['memory']:.3f}, full text {shares['full text']:.3f})"  # fmt: skip
    return [
        Row(f"find a procedure among {len(index.entries):,} {told}", "ms p95", ours, peer=theirs, peer_name="PostgreSQL full text", at_most=50.0),
        Row("the index built from texts", "s", built),
        Row("the index in memory", "MB", grown, at_most=60.0),
    ]  # fmt: skip


def _index():
    from tinhso.kernel.flow import Text
    from tinhso.platform.catalogue.rules.entries import Entry
    from tinhso.platform.catalogue.rules.index import Index
    from tinhso.platform.catalogue.rules.reading import read_record
    from tinhso.platform.catalogue.rules.synonyms import read_synonym

    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        reads = [read_record(json.loads(line)) for line in lines]
    words = tomllib.loads(WORDS.read_text())
    entries = [
        Entry(read.code, Text(read.name), sector=read.sector, levels=read.levels, audiences=read.audiences, results=tuple(each.name for each in read.results[:8]))
        for read in reads
    ]  # fmt: skip
    return Index.of(entries, [read_synonym(table) for table in words["synonym"]], words["special"])


def _asks_memory(index) -> Ask:
    return lambda text: [each.entry.code for each in index.find(text)]


def _asks_full_text(index, connection: psycopg.Connection) -> Ask:
    """The same terms, the same synonyms and mended syllables, ranked by PostgreSQL."""
    from tinhso.platform.catalogue.rules.surfaces import name_terms

    connection.execute("create table names (code text, terms tsvector)")
    with connection.cursor().copy("copy names (code, terms) from stdin") as rows:
        for entry in index.entries:
            terms = {**name_terms(entry.sector), **name_terms(entry.name.vi)}
            rows.write_row((entry.code, " ".join(f"'{term}':{place}" for place, term in enumerate(terms, start=1))))
    connection.execute("create index on names using gin (terms)")
    connection.execute("analyze names")

    def ask(text: str) -> list[str]:
        asked = index.read(text)
        terms = {term for stretch in asked.stretches for each in stretch for term in each.terms}
        query = " | ".join(f"'{term}'" for term in sorted(terms)) or "''"
        found = connection.execute(
            "select code from names, (select %s::tsquery as q) asked where terms @@ q order by ts_rank_cd(terms, q, 1) desc limit 20",
            [query],
        )
        return [code for (code,) in found]

    return ask


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
