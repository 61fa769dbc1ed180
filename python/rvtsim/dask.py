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
_UNDER_WAY_PER_THREAD = 2


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

    Every thread of a worker makes one part of ``n_points`` at a time; two for each thread are under way, also of
    workers that come later, and the next goes out when one comes back. A part that fails is made again, ``retries``
    times; those of a worker that dies go to others. What has come back is on disk: after an interruption ``resume``
    goes on with it.
    """

    def n_threads() -> int:
        return max(1, int(sum(client.nthreads().values())))

    client.wait_for_workers(1)
    if n_points is None:
        n_points = max(1, len(design(scenario)) // (_PARTS_PER_THREAD * n_threads()))
    todo = parts(scenario, folder, resume=resume, replace=replace, n_points=n_points)
    show, n_all = _shown(progress), len(todo)
    client.register_plugin(_Holder(scenario), name=_PLUGIN)
    places: dict[Any, tuple[int, int]] = {}

    def begin() -> Any:
        first, end = todo.pop(0)
        future = client.submit(_make, first, end, retries=retries, pure=False)
        places[future] = (first, end)
        return future

    def more() -> list[Any]:
        room = _UNDER_WAY_PER_THREAD * n_threads() - len(places)
        return [begin() for _ in range(min(room, len(todo)))]

    try:
        under_way = as_completed(more())
        for future in under_way:
            put(scenario, folder, *places[future], future.result())
            del places[future]
            under_way.update(more())
            if show:
                show(1 - (len(todo) + len(places)) / n_all)
    finally:
        client.cancel(list(places))
        client.unregister_worker_plugin(_PLUGIN)
    return merge(scenario, folder, replace=replace)
