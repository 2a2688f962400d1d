"""A sweep on a cluster of processes has the bytes of one machine, whatever dies meanwhile."""

from __future__ import annotations

import os
import pathlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from conftest import LESSON, command

import calcifate.distributed

distributed = pytest.importorskip("distributed")

SWEEP = """\
scenario = "base.toml"
seed = 7
runs_per_chunk = 2
keep = ["cac every 100 days in k2"]
[population]
people = PEOPLE
age = "normal 60 ± 5 years"
[outcomes]
cac = "end(cac) in k2"
dp_ucmgp = "end(dp_ucmgp) in k2"
"""


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    (tmp_path / "base.toml").write_text(LESSON.replace("1 year", "2 years"))
    (tmp_path / "big.toml").write_text(SWEEP.replace("PEOPLE", "24"))
    return tmp_path


@pytest.fixture
def client(tmp_path: pathlib.Path) -> Iterator[distributed.Client]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
        local_directory=str(tmp_path / "dask"),
    ) as cluster, distributed.Client(cluster) as client:
        yield client


def tables(folder: pathlib.Path) -> dict[str, bytes]:
    """Everything of a sweep but its times."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "timing.toml"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def alone(folder: pathlib.Path) -> dict[str, bytes]:
    ran = command("sweep", folder / "big.toml", "-o", "alone", "--no-figures", folder=folder)
    assert ran.returncode == 0, ran.stderr
    return tables(folder / "alone" / "big")


def children() -> list[str]:
    """Command lines of the processes of shards."""
    found = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if "calcifate.child" in line:
            found.append(line)
    return found


def test_a_worker_that_is_killed_costs_nothing_but_time(
    folder: pathlib.Path, client: distributed.Client
) -> None:
    output, killed = folder / "output", threading.Event()
    victim, _ = sorted(client.run(os.getpid).values())

    def kill() -> None:
        while not any(output.glob("big.shard-*/chunks/[!.]*")):
            time.sleep(0.01)
        os.kill(victim, signal.SIGKILL)
        killed.set()

    other = threading.Thread(target=kill)
    other.start()
    shares: list[float] = []
    whole = calcifate.distributed.sweep(
        folder / "big.toml", client, output=output, shards=4, figures=False, progress=shares.append
    )
    other.join()
    assert killed.is_set() and whole == output / "big"
    expected, found = alone(folder), tables(whole)
    assert found == expected
    assert len(expected["results.csv"].splitlines()) == 25
    assert len(expected["courses.csv"].splitlines()) == 1 + 24 * 9  # 0 to 700 days, and the end
    assert shares == sorted(shares) and shares[-1] == 1
    assert not [line for line in children() if str(folder) in line]
    assert not list(output.glob("*.running"))


def test_the_same_call_goes_on_after_it_was_stopped(
    folder: pathlib.Path, client: distributed.Client
) -> None:
    output = folder / "output"

    def stop(share: float) -> None:
        if share > 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        calcifate.distributed.sweep(folder / "big.toml", client, output=output, progress=stop)
    stored = {path: path.stat().st_mtime_ns for path in output.glob("big.shard-*/chunks/[!.]*")}
    assert stored
    whole = calcifate.distributed.sweep(folder / "big.toml", client, output=output, figures=False)
    assert tables(whole) == alone(folder)
    assert all(path.stat().st_mtime_ns == time for path, time in stored.items())


def test_what_a_cluster_cannot_do_is_named(
    folder: pathlib.Path, client: distributed.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(**keys: object) -> pathlib.Path:
        return calcifate.distributed.sweep(
            folder / "big.toml", client, output=folder / "output", retries=0, **keys  # type: ignore[arg-type]
        )

    for shards in (0, 13, 1.5, "4"):
        with pytest.raises(calcifate.ClusterError, match="from 1 to 12"):
            run(shards=shards)
    with monkeypatch.context() as patch:
        patch.setattr("calcifate._core.MODEL_VERSION", "0.0")
        with pytest.raises(calcifate.ClusterError, match="install the same version on both"):
            run(shards=2)
    with monkeypatch.context() as patch:
        # The client's folder is one that workers do not see.
        patch.setattr("calcifate.distributed._sign", lambda path: _elsewhere())
        with pytest.raises(calcifate.ClusterError, match="workers and client must share it"):
            run(shards=2)
    (folder / "wrong.toml").write_text(SWEEP.replace("PEOPLE", "-1"))
    with pytest.raises(calcifate.ScenarioError, match="people"):
        calcifate.distributed.sweep(folder / "wrong.toml", client, output=folder / "output")
    with pytest.raises(FileNotFoundError):
        calcifate.distributed.sweep(folder / "nowhere.toml", client)
    assert not list((folder / "output").glob("big*"))
    client.close()
    with pytest.raises(calcifate.ClusterError, match="not connected but closed"):
        run()


class _elsewhere:
    def __enter__(self) -> None: ...
    def __exit__(self, *raised: object) -> None: ...


def test_a_worker_whose_disk_is_full_leaves_its_shards_to_the_others(
    folder: pathlib.Path, client: distributed.Client
) -> None:
    """A limit on the size of files stands for a full disk: it needs no rights and holds for one worker."""
    import resource

    def limit(worker: int, size: int) -> None:
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    output = folder / "output"
    workers = sorted(client.run(os.getpid).values())
    for worker in workers:
        limit(worker, 1024)
    with pytest.raises(calcifate.ClusterError, match="(?s)larger than the system allows.*the same command"):
        calcifate.distributed.sweep(folder / "big.toml", client, output=output, shards=2, retries=1)
    assert not list(output.glob("big/*")) and not list(output.glob("big.shard-*/manifest.toml"))
    limit(workers[0], resource.RLIM_INFINITY)
    whole = calcifate.distributed.sweep(
        folder / "big.toml", client, output=output, shards=6, figures=False
    )
    assert tables(whole) == alone(folder)


def test_an_orphan_that_holds_the_lock_is_waited_for(folder: pathlib.Path) -> None:
    """Without Dask: a process of another worker still writes the same shard."""
    (folder / "big.toml").write_text(SWEEP.replace("PEOPLE", "800"))
    output = folder / "output"
    output.mkdir()
    sign = output / ".sign"
    sign.write_text("")
    version = (calcifate.__version__, calcifate.MODEL_VERSION)
    shard = calcifate.distributed._Shard(
        str(folder / "big.toml"), str(output), 1, 2, 1, str(sign), version, 120.0
    )
    orphan = subprocess.Popen(
        [sys.executable, "-m", "calcifate", "sweep", str(folder / "big.toml"), "-o", "output", "--shard", "1/2", "-j", "1"],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        while not any(output.glob("big.shard-1-of-2/chunks/[!.]*")):
            time.sleep(0.001)
        orphan.send_signal(signal.SIGSTOP)  # it keeps the lock and cannot end
        with pytest.raises(calcifate.ClusterError, match="another calcifate is writing"):
            calcifate.distributed.run_shard(shard._replace(patience=0.0))
        orphan.send_signal(signal.SIGCONT)
        assert calcifate.distributed.run_shard(shard) == str(output / "big.shard-1-of-2")
    finally:
        orphan.kill()
        orphan.wait()


@pytest.mark.skipif("CALCIFATE_SLOW_TESTS" not in os.environ, reason="slow; .ci/full python")
def test_the_call_goes_on_after_the_scheduler_was_killed(folder: pathlib.Path) -> None:
    output = folder / "output"

    def start(*words: str) -> subprocess.Popen[bytes]:
        line = [sys.executable, "-m", "dask", *words]
        return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)

    def cluster(name: str) -> tuple[str, list[subprocess.Popen[bytes]]]:
        file = str(folder / name)
        scheduler = start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", file)
        worker = start("worker", "--scheduler-file", file, "--nthreads", "1", "--death-timeout", "20")
        return file, [scheduler, worker]

    running = []
    try:
        file, running = cluster("first.json")
        other = threading.Thread(target=_kill_after_a_chunk, args=(output, running[0].pid))
        other.start()
        with distributed.Client(scheduler_file=file) as client:
            with pytest.raises(calcifate.ClusterError, match="the same call with a new client goes on"):
                calcifate.distributed.sweep(folder / "big.toml", client, output=output, shards=3)
        other.join()
        stored = {path: path.stat().st_mtime_ns for path in output.glob("big.shard-*/chunks/[!.]*")}
        assert stored
        file, more = cluster("second.json")  # the first worker may still be there
        running += more
        with distributed.Client(scheduler_file=file) as client:
            whole = calcifate.distributed.sweep(
                folder / "big.toml", client, output=output, shards=3, figures=False
            )
        assert tables(whole) == alone(folder)
        assert all(path.stat().st_mtime_ns == time for path, time in stored.items())
    finally:
        for process in running:
            process.kill()
            process.wait()


def _kill_after_a_chunk(output: pathlib.Path, process: int) -> None:
    while not any(output.glob("big.shard-*/chunks/[!.]*")):
        time.sleep(0.01)
    os.kill(process, signal.SIGKILL)
