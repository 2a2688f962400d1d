"""What `calcifate.distributed.sweep` adds to a sweep: `python benches/dask_scaling.py`, with calcifate[dask]
installed; a number behind it says how often each sweep is run, 3 unless given.

Overhead of a shard: a sweep of 64 short runs in 1 and in 33 shards on one worker, the difference over 32.
Scaling: one sweep in 16 shards on one worker and on two, each of one thread. The best by the clock; processor
time of the workers and their shards beside it, because the clock says little where other work runs.
"""

from __future__ import annotations

import pathlib
import resource
import sys
import tempfile
import time
from typing import NamedTuple

from distributed import Client, LocalCluster

import calcifate.distributed

SCENARIO = 'duration = "{duration}"\n[person]\nsex = "female"\nage = 60\n[[arm]]\nname = "k2"\ntake = ["MK-7 180 ug daily"]\n'
SWEEP = (
    'scenario = "{name}_base.toml"\nseed = 1\nruns_per_chunk = {chunk}\n'
    '[population]\npeople = {people}\nage = "normal 60 ± 5 years"\nparameter_spread = "10 %"\n'
    '[outcomes]\ncac = "end(cac)"\n'
)
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 3


class Spent(NamedTuple):
    """Seconds of a sweep."""

    clock: float
    #: Processor time of each worker with the processes of its shards.
    workers: list[float]


def processor_seconds() -> float:
    """Processor time of this process and of those that it began, which have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def seconds(folder: pathlib.Path, client: Client, file: pathlib.Path, shards: int) -> Spent:
    found = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory(dir=folder) as output:
            before, began = client.run(processor_seconds), time.monotonic()
            calcifate.distributed.sweep(file, client, output=output, shards=shards, figures=False)
            clock, after = time.monotonic() - began, client.run(processor_seconds)
            found.append(Spent(clock, [after[worker] - before[worker] for worker in before]))
    return min(found)


def written(folder: pathlib.Path, name: str, duration: str, people: int, chunk: int) -> pathlib.Path:
    (folder / f"{name}_base.toml").write_text(SCENARIO.format(duration=duration))
    file = folder / f"{name}.toml"
    file.write_text(SWEEP.format(name=name, people=people, chunk=chunk))
    return file


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        short = written(folder, "short", "1 day", 64, 1)
        long = written(folder, "long", "20 years", 20_000, 256)
        found: dict[int, Spent] = {}
        for workers in (1, 2):
            with LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None,
                local_directory=str(folder / "dask"),
            ) as cluster, Client(cluster) as client:
                if workers == 1:
                    one, many = (seconds(folder, client, short, shards) for shards in (1, 33))
                    more = (many.workers[0] - one.workers[0]) / 32
                    print(f"64 short runs: {one.clock:.2f} s in 1 shard, {many.clock:.2f} s in 33 shards: "
                          f"{(many.clock - one.clock) / 32:.2f} s for each shard more, {more:.2f} s of processor time",
                          flush=True)
                found[workers] = seconds(folder, client, long, 16)
        alone, (clock, both) = found[1], found[2]
        print(f"20,000 lives in 16 shards: {alone.clock:.1f} s on one worker, {clock:.1f} s on two: "
              f"{alone.clock / clock:.2f} times as fast")
        print(f"processor time: {alone.workers[0]:.1f} s on one worker, {' and '.join(f'{one:.1f}' for one in both)} s "
              f"on two: {alone.workers[0] / max(both):.2f} times as fast where each has a core for itself")


if __name__ == "__main__":
    main()
