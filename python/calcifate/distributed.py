"""Sweeps on many machines, with Dask.

The machines share a file system, on which the sweep file and the folder of results have the same
path. Each task is a shard that goes on where it was: when a worker dies, another one takes its
shards and repeats no finished chunk; when the scheduler dies, the same call goes on. The result has,
byte for byte, the tables of one machine.

A task runs the command ``calcifate sweep --shard K/N`` in a process of its own, which ends with its
worker, however that ends.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pathlib
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from calcifate import _core
from calcifate.errors import ClusterError, SourceTypeError
from calcifate.progress import Progress, follower
from calcifate.sources import split, whole

if TYPE_CHECKING:
    from distributed import Client

#: Shards of a sweep unless others are wanted; it depends on nothing but the sweep, so that the same
#: call on another cluster goes on in the same folders.
_USUAL_SHARDS = 64

#: Time between two looks at the processes and the folders.
_PERIOD_SECONDS = 0.2

#: How long a shard waits for another process that still holds its folder.
_PATIENCE_SECONDS = 300.0


class _Shard(NamedTuple):
    """What a task needs to know."""

    file: str
    output: str
    number: int
    of: int
    threads: int
    #: While this file exists, the call goes on.
    sign: str
    version: tuple[str, str]
    patience: float

    @property
    def folder(self) -> pathlib.Path:
        name = pathlib.Path(self.file).stem
        return pathlib.Path(self.output) / f"{name}.shard-{self.number}-of-{self.of}"


def sweep(
    file: str | os.PathLike[str],
    client: Client,
    /,
    *,
    output: str | os.PathLike[str] = "output",
    shards: int | None = None,
    threads: int = 1,
    retries: int = 3,
    figures: bool = True,
    patience: float = _PATIENCE_SECONDS,
    progress: Progress = None,
) -> pathlib.Path:
    """Runs a sweep file on a Dask cluster, or goes on with it.

    Parameters
    ----------
    file : str or path
        The sweep file, on a file system that all workers share.
    client : distributed.Client
        The cluster: ``LocalCluster``, ``dask_jobqueue.SLURMCluster``, …
    output : str or path
        Folder of the results, on the same file system; the sweep gets a folder in it.
    shards : int, optional
        Number of tasks; 64, or one for each chunk of a small sweep, unless given. A call that goes
        on needs the same number.
    threads : int
        Threads of each task.
    retries : int
        How often a shard is begun anew after a failure, on another worker if there is one; on death of
        a worker Dask repeats it anyway.
    figures : bool
        Draw the figures of the whole sweep.
    patience : float
        Seconds for which a shard waits when another process still holds its folder.
    progress : bool or callable, optional
        True for a bar, or a function that gets the share done of all chunks.

    Returns
    -------
    pathlib.Path
        The folder of the whole sweep: ``results.csv``, ``parquet``, figures. The folders of the
        shards stay beside it.

    Raises
    ------
    ScenarioError
        The sweep is refused; no task has begun.
    ClusterError
        The cluster is closed or gone, a worker has another version or another file system, or a
        shard failed each time. What is stored stays, and the same call goes on.

    Examples
    --------
    >>> import calcifate.distributed
    >>> from distributed import Client                             # doctest: +SKIP
    >>> with Client("tcp://scheduler:8786") as client:             # doctest: +SKIP
    ...     folder = calcifate.distributed.sweep("/work/big.toml", client, output="/work/output")
    """
    if not hasattr(client, "status"):
        raise SourceTypeError(f"a distributed.Client is needed, not {type(client).__name__}")
    if client.status != "running":
        told = client.status
        raise ClusterError(f"the client of the cluster is not connected but {told}; make a new one")
    if not isinstance(file, (str, os.PathLike)):
        raise SourceTypeError(f"file: a path that all machines can read is needed, not {type(file).__name__}")
    path, _ = split(os.path.abspath(file))
    if path is None:
        raise ClusterError("a sweep on many machines is a file that all of them can read")
    tell = follower(progress)
    _, chunks = _core.sweep_size(path)
    of = min(chunks, _USUAL_SHARDS) if shards is None else shards
    if not isinstance(of, int) or not 1 <= of <= chunks:
        raise ClusterError(f"shards: a number from 1 to {chunks}, the chunks of the sweep, is accepted")
    target = os.path.abspath(output)
    os.makedirs(target, exist_ok=True)
    key = _key(path, target, of)
    sign = os.path.join(target, f".{pathlib.Path(path).stem}.{key}.running")
    version = (_core.__version__, _core.MODEL_VERSION)
    tasks = [
        _Shard(path, target, number, of, whole("threads", threads), sign, version, patience)
        for number in range(1, of + 1)
    ]
    with _sign(sign):
        _follow(client, key, tasks, retries, chunks, tell)
    return _merge(tasks, figures)


def _key(path: str, target: str, of: int) -> str:
    """The hash of a sweep, its place and its split."""
    content = pathlib.Path(path).read_bytes()
    parts = [content, path.encode(), target.encode(), str(of).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


@contextlib.contextmanager
def _sign(path: str) -> Iterator[None]:
    """A file that is there while the call goes on."""
    pathlib.Path(path).write_text(f"{os.getpid()}\n")
    try:
        yield
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.remove(path)


def _follow(
    client: Client,
    key: str,
    tasks: list[_Shard],
    retries: int,
    chunks: int,
    tell: Callable[[float], object] | None,
) -> None:
    """Has all shards run; raises the first that failed for good."""
    from distributed import CancelledError

    # Each call has keys of its own: a client gives a key that was canceled the old, canceled task.
    call = secrets.token_hex(4)
    begun = [0] * len(tasks)
    failed_on: list[set[str]] = [set() for _ in tasks]
    restricted: dict[int, set[str]] = {}

    def submit(at: int) -> Any:
        begun[at] += 1
        task, others = tasks[at], _workers(client) - failed_on[at] if failed_on[at] else set()
        restricted.pop(at, None)
        if others:  # where it failed it would fail again
            restricted[at] = others
        name = f"calcifate-{key}-{task.number}-of-{task.of}-{call}-{begun[at]}"
        return client.submit(run_shard, task, key=name, workers=sorted(others) or None)

    futures = [submit(at) for at in range(len(tasks))]
    try:
        while True:
            if client.status not in {"running", "connecting"}:
                raise ClusterError(f"the cluster is gone ({client.status}); {_GOES_ON}")
            for at, future in enumerate(futures):
                if future.status == "error" and begun[at] <= retries:
                    failed_on[at].add(getattr(future.exception(timeout=10), "worker", ""))
                    futures[at] = submit(at)
            there = _workers(client) if restricted else set()
            for at, others in list(restricted.items()):
                if not others & there and not futures[at].done():
                    failed_on[at].clear()  # the others are gone: any worker will do
                    futures[at] = submit(at)
            if all(future.done() for future in futures):
                break
            if tell is not None:
                tell(_share(tasks, chunks))
            time.sleep(_PERIOD_SECONDS)
        for task, future in zip(tasks, futures):
            if future.status != "finished":
                raise _failure(task, future)
    except CancelledError as error:
        raise ClusterError(f"the cluster is gone: {error}; {_GOES_ON}") from error
    finally:
        with contextlib.suppress(Exception):
            client.cancel(futures)  # type: ignore[no-untyped-call]
    if tell is not None:
        tell(1.0)


def _workers(client: Client) -> set[str]:
    return set(client.nthreads())  # type: ignore[no-untyped-call]


_GOES_ON = "finished chunks stay, and the same call with a new client goes on"


def _failure(task: _Shard, future: Any) -> ClusterError:
    if future.status == "cancelled" or future.status == "lost":
        return ClusterError(f"the cluster gave up shard {task.number} of {task.of}; {_GOES_ON}")
    error = future.exception(timeout=10)
    if isinstance(error, ClusterError):
        return error
    told = ClusterError(f"shard {task.number} of {task.of}: {type(error).__name__}: {error}; {_GOES_ON}")
    told.__cause__ = error
    return told


def _share(tasks: list[_Shard], chunks: int) -> float:
    """The share of chunks that are on disk."""
    done = 0
    for task in tasks:
        with contextlib.suppress(OSError):
            done += sum(not name.startswith(".") for name in os.listdir(task.folder / "chunks"))
    return min(1.0, done / max(1, chunks))


def run_shard(shard: _Shard) -> str:
    """Runs one shard on a worker, or what is missing of it; gives its folder."""
    from distributed import get_worker

    try:
        return _run_here(shard)
    except ClusterError as error:
        with contextlib.suppress(ValueError):  # called without Dask
            error.worker = get_worker().address
        raise


def _run_here(shard: _Shard) -> str:
    own = (_core.__version__, _core.MODEL_VERSION)
    where = f"shard {shard.number} of {shard.of} on {os.uname().nodename if hasattr(os, 'uname') else 'a worker'}"
    if own != shard.version:
        raise ClusterError(
            f"{where}: the worker has calcifate {own[0]} with model {own[1]}, the client "
            f"{shard.version[0]} with model {shard.version[1]}; install the same version on both"
        )
    _look(shard, where)
    deadline = time.monotonic() + shard.patience
    while True:
        code, told = _run(shard, where)
        if _complete(shard.folder):
            return str(shard.folder)
        if "another calcifate is writing this result" not in told or time.monotonic() > deadline:
            raise ClusterError(f"{where}: {told.strip() or f'ended with status {code}'}")
        time.sleep(_PERIOD_SECONDS)  # an orphan holds the lock; what it stores counts


def _look(shard: _Shard, where: str) -> None:
    """Raises unless the call goes on and the worker sees its folder."""
    if not os.path.exists(shard.sign):
        if os.path.isdir(shard.output):
            raise ClusterError(
                f"{where}: the call has ended, or {shard.output} is another folder here than where "
                "it was made; workers and client must share it"
            )
        raise ClusterError(
            f"{where}: there is no folder {shard.output} here; workers and client must share it"
        )


def _run(shard: _Shard, where: str) -> tuple[int, str]:
    """Exit code and messages of the process of a shard."""
    words = [
        "sweep", shard.file, "-o", shard.output, "--shard", f"{shard.number}/{shard.of}",
        "-j", str(shard.threads), "--no-figures",
    ]
    line = [sys.executable, "-m", "calcifate.child", str(os.getpid()), *words]
    environment: Mapping[str, str] = {**os.environ, "NO_COLOR": "1"}
    with subprocess.Popen(
        line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, errors="replace", env=environment,
    ) as child:
        try:
            while True:
                try:
                    _, told = child.communicate(timeout=_PERIOD_SECONDS)
                    return child.returncode, told[-2000:]
                except subprocess.TimeoutExpired:
                    _look(shard, where)
        finally:
            if child.poll() is None:
                child.kill()  # what is stored stays


def _complete(folder: pathlib.Path) -> bool:
    with contextlib.suppress(OSError):
        manifest = (folder / "manifest.toml").read_text(encoding="utf-8")
        return re.search(r"^complete = true$", manifest, re.MULTILINE) is not None
    return False


def _merge(tasks: list[_Shard], figures: bool) -> pathlib.Path:
    """Puts the shards together; gives the folder of the whole."""
    first = tasks[0]
    line: list[Any] = [sys.executable, "-m", "calcifate", "merge", *(task.folder for task in tasks)]
    line += ["-o", first.output] + ([] if figures else ["--no-figures"])
    ran = subprocess.run(line, capture_output=True, text=True, errors="replace", check=False)
    folder = pathlib.Path(first.output) / pathlib.Path(first.file).stem
    if not _complete(folder):
        raise ClusterError(f"the shards could not be put together: {ran.stderr.strip()}")
    return folder
