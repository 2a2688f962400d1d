"""What `calcifate.distributed.sweep` adds to a sweep: `python benches/dask.py`, with calcifate[dask] installed.

Overhead of a shard: a sweep of 64 short runs in 1 and in 33 shards on one worker, the difference over 32.
Scaling: one sweep in 16 shards on one worker and on two, each of one thread. Best of three, in seconds of the clock.
"""

from __future__ import annotations

import pathlib
import tempfile
import time

from distributed import Client, LocalCluster

import calcifate.distributed

SCENARIO = 'duration = "{duration}"\n[person]\nsex = "female"\nage = 60\n[[arm]]\nname = "k2"\ntake = ["MK-7 180 ug daily"]\n'
SWEEP = (
    'scenario = "{name}_base.toml"\nseed = 1\nruns_per_chunk = {chunk}\n'
    '[population]\npeople = {people}\nage = "normal 60 ± 5 years"\nparameter_spread = "10 %"\n'
    '[outcomes]\ncac = "end(cac)"\n'
)
ROUNDS = 3


def seconds(folder: pathlib.Path, client: Client, file: pathlib.Path, shards: int) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory(dir=folder) as output:
            began = time.monotonic()
            calcifate.distributed.sweep(file, client, output=output, shards=shards, figures=False)
            best = min(best, time.monotonic() - began)
    return best


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
        found: dict[int, float] = {}
        for workers in (1, 2):
            with LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None,
                local_directory=str(folder / "dask"),
            ) as cluster, Client(cluster) as client:
                if workers == 1:
                    one, many = (seconds(folder, client, short, shards) for shards in (1, 33))
                    print(f"64 short runs: {one:.2f} s in 1 shard, {many:.2f} s in 33 shards: "
                          f"{(many - one) / 32:.2f} s for each shard more", flush=True)
                found[workers] = seconds(folder, client, long, 16)
        print(f"20,000 lives in 16 shards: {found[1]:.1f} s on one worker, {found[2]:.1f} s on two: "
              f"{found[1] / found[2]:.2f} times as fast")


if __name__ == "__main__":
    main()
