"""Sweeps: the same families at many points. Points in, parts out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from . import _rvtsim
from ._run import Progress, _able, _shown
from ._scenario import Scenario
from ._tables import Table


class Sweep:
    """A sweep that has been made.

    >>> import rvtsim
    >>> scenario = rvtsim.load("scenarios/referentie.toml", regions=["Zeeland"], replications=1)
    >>> scenario = scenario.with_(warm_up="4 weeks", measured="8 weeks", forms=["v0_estafette", "v2_rnvt"], sweep={
    ...     "design": "one_at_a_time", "factors": ["staff.fte_rvdk"], "kpis": ["load_percent"]})
    >>> sweep = rvtsim.sweep(scenario)
    >>> sweep.design["staff.fte_rvdk"].isna().tolist(), len(sweep.results)
    ([True, False, False], 6)
    >>> sweep.sensitivity["statistic"].unique().tolist()
    ['low_end', 'high_end']
    """

    def __init__(self, scenario: Scenario, samples: _rvtsim.Samples) -> None:
        self.scenario = scenario
        """The scenario with its section ``[sweep]``."""
        self._samples = samples
        self._tables: dict[str, pd.DataFrame] | None = None

    def table(self) -> Table:
        """The results with their units, as pandas or Arrow has them."""
        return Table(self._samples.results())

    @property
    def results(self) -> pd.DataFrame:
        """A row for each point, form, replication and KPI; the same numbers as in results.csv."""
        return self.table().to_pandas()

    @property
    def design(self) -> pd.DataFrame:
        """A row for each point, a column for each factor; missing where it is as the scenario has it."""
        return design(self.scenario)

    def _others(self) -> dict[str, pd.DataFrame]:
        if self._tables is None:
            self._tables = {table.name: Table(table).to_pandas() for table in self._samples.tables()}
        return self._tables

    @property
    def factors(self) -> pd.DataFrame:
        """What varies, how far, and how well it is known."""
        return self._others()["factors"]

    @property
    def sensitivity(self) -> pd.DataFrame:
        """What matters, for designs that can tell: ``morris``, ``saltelli``, ``one_at_a_time``."""
        return self._others()["sensitivity"]

    @property
    def wide(self) -> pd.DataFrame:
        """Means over replications: a row for each point, a column for each form and KPI."""
        return self.results.pivot_table(index="point", columns=["form", "kpi"], values="value", sort=False)


def _points(scenario: Scenario) -> tuple[int, int]:
    points = _rvtsim.sweep_points(scenario._core)
    if points is None:
        raise ValueError("the scenario has no section [sweep]: give it one by with_(sweep={...})")
    return points


def design(scenario: Scenario) -> pd.DataFrame:
    """The points of a scenario's sweep, which need not have been made."""
    n_points, _ = _points(scenario)
    columns = dict(_rvtsim.sweep_design(scenario._core))
    return pd.DataFrame(columns, index=pd.RangeIndex(1, n_points + 1, name="point"))


def sweep(scenario: Scenario, *, threads: int | None = None, progress: Progress = False) -> Sweep:
    """Runs a scenario at every point of its section ``[sweep]``, in memory."""
    n_points, _ = _points(scenario)
    made = _rvtsim.sweep_make(scenario._core, 1, n_points + 1, _able(threads), _shown(progress))
    return Sweep(scenario, made)


def sweep_to(scenario: Scenario, folder: str | os.PathLike[str], *, resume: bool = False, replace: bool = False,
             threads: int | None = None, progress: Progress = False) -> Path:
    """The same into the folder that the program writes, to the byte, part by part: what is made is kept when it is
    interrupted, and ``resume`` goes on with it. Gives the folder."""
    path = Path(folder)
    missing = parts(scenario, path, resume=resume, replace=replace)
    show = _shown(progress)
    for number, (first, end) in enumerate(missing):
        part = None if show is None else lambda share: show((number + share) / len(missing))
        _rvtsim.sweep_part(scenario._core, path, first, end, _able(threads), part)
    return merge(scenario, path, replace=replace)


def parts(scenario: Scenario, folder: str | os.PathLike[str], *, resume: bool = False,
          replace: bool = False, n_points: int | None = None) -> list[tuple[int, int]]:
    """Claims a folder for a sweep, and gives what is to be made of it: points, from a number to before another.

    A part has as many points as the program makes together, or at most ``n_points``. ``make`` makes one anywhere,
    ``put`` puts it into the folder, ``merge`` ends it. A part that is put twice does no harm.
    """
    _points(scenario)
    missing = _rvtsim.sweep_open(scenario._core, Path(folder), resume, replace)
    if n_points is None:
        return missing
    return [(start, min(start + n_points, end)) for first, end in missing for start in range(first, end, n_points)]


def make(scenario: Scenario, first: int, end: int, *, threads: int | None = None) -> str:
    """The rows of the points from ``first`` to before ``end``: a part."""
    return _rvtsim.sweep_make(scenario._core, first, end, _able(threads), None).rows()


def put(scenario: Scenario, folder: str | os.PathLike[str], first: int, end: int, rows: str) -> None:
    """Puts a part into the folder of its sweep."""
    _rvtsim.sweep_put(scenario._core, Path(folder), first, end, rows)


def merge(scenario: Scenario, folder: str | os.PathLike[str], *, replace: bool = False) -> Path:
    """Merges all parts into the tables of the sweep; gives the folder."""
    return _rvtsim.sweep_merge(scenario._core, Path(folder), replace)


def at_points(scenario: Scenario, points: pd.DataFrame | Iterable[Mapping[str, Any]],
              kpis: Sequence[str] | None = None, **values: Any) -> Scenario:
    """The scenario with a sweep over points of one's own: a column or key for each factor, which is a parameter, a
    setting of a form by its path or a building block (docs/sweep.md); missing is the scenario's own value. ``values`` are those of ``with_``.

    >>> import rvtsim
    >>> scenario = rvtsim.load("scenarios/referentie.toml")
    >>> mine = rvtsim.at_points(scenario, [{"staff.fte_rvdk": 2000, "v2_rnvt.blocks.dossier": "off"}])
    >>> rvtsim.design(mine).to_dict("records")
    [{'staff.fte_rvdk': 2000.0, 'v2_rnvt.blocks.dossier': 'off'}]
    """
    frame = points if isinstance(points, pd.DataFrame) else pd.DataFrame(list(points))
    section: dict[str, Any] = {"design": "list", "list": "points.csv"}
    if kpis is not None:
        section["kpis"] = list(kpis)
    return scenario._with({**values, "sweep": section}, {"points.csv": frame.to_csv(index=False)})
