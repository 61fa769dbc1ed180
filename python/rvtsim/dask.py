"""Many machines: the parts of a sweep on the workers of a Dask cluster.

Needs ``distributed`` (``pip install "rvtsim[dask]"``). The workers need rvtsim too, and no disk that is shared: the
scenario goes to them with all its files, and the rows of a part come back.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from distributed import Client, WorkerPlugin, as_completed, get_worker

from ._run import Progress, _shown
from ._scenario import Scenario
from ._sweep import design, make, merge, parts, put

_PLUGIN = "rvtsim"
_PARTS_PER_THREAD = 20


class _Holder(WorkerPlugin):  # type: ignore[misc]
    """Has the scenario ready on every worker, also on those that come later."""

    name = _PLUGIN

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario


def _make(first: int, end: int) -> str:
    scenario: Scenario = get_worker().plugins[_PLUGIN].scenario
    return make(scenario, first, end, threads=1)


def sweep(scenario: Scenario, client: Client, folder: str | os.PathLike[str], *, n_points: int | None = None,
          resume: bool = False, replace: bool = False, retries: int = 3, progress: Progress = False) -> Path:
    """Makes a sweep on the workers of a cluster, into the folder that the program writes, to the byte.

    Every thread of a worker makes one part of ``n_points`` at a time; two for each thread are under way, and the
    next goes out when one comes back. A part that fails is made again, ``retries`` times; those of a worker that dies
    go to others. What has come back is on disk: after an interruption ``resume`` goes on with it.
    """
    n_threads = max(1, sum(client.nthreads().values()))
    if n_points is None:
        n_points = max(1, len(design(scenario)) // (_PARTS_PER_THREAD * n_threads))
    todo = parts(scenario, folder, resume=resume, replace=replace, n_points=n_points)
    show, n_all = _shown(progress), len(todo)
    client.register_plugin(_Holder(scenario), name=_PLUGIN)
    places: dict[Any, tuple[int, int]] = {}

    def begin() -> Any:
        first, end = todo.pop(0)
        future = client.submit(_make, first, end, retries=retries, pure=False)
        places[future] = (first, end)
        return future

    under_way = as_completed([begin() for _ in range(min(2 * n_threads, len(todo)))])
    try:
        for future in under_way:
            put(scenario, folder, *places[future], future.result())
            del places[future]
            if todo:
                under_way.add(begin())
            if show:
                show(1 - (len(todo) + len(places)) / n_all)
    finally:
        client.cancel(list(places))
        client.unregister_worker_plugin(_PLUGIN)
    return merge(scenario, folder, replace=replace)
