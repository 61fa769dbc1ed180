"""Runs, passes and what is made of them."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd

from . import _rvtsim
from ._scenario import Scenario
from ._tables import Table

Progress = bool | Callable[[float], object]
"""Whether a line on standard error shows how far it is; or a function that is told the share that is done."""

Kpi = Callable[[pd.DataFrame, pd.DataFrame], float]
"""A KPI of one's own: a number from the events and the households of a pass."""
Filter = Callable[[pd.DataFrame], "pd.Series[bool]"]
"""Which households count: a truth for each row of the households of a pass."""


def _shown(progress: Progress) -> Callable[[float], object] | None:
    if callable(progress):
        return progress
    return _line if progress else None


def _able(threads: int | None) -> int | None:
    if threads is not None and threads < 1:
        raise ValueError(f"a run takes at least one thread, not {threads}")
    return threads


def _line(share: float) -> None:
    end = "\n" if share >= 1 else ""
    print(f"\rrvtsim: {100 * share:3.0f} %", end=end, file=sys.stderr, flush=True)


class Result:
    """What a run has given: every table of a run folder, in memory.

    >>> import rvtsim
    >>> scenario = rvtsim.load("scenarios/referentie.toml", regions=["Zeeland"], replications=2)
    >>> result = rvtsim.run(scenario.with_(forms=["v0_estafette", "v4_openbaar_lichaam"], warm_up="4 weeks",
    ...                                    measured="13 weeks"))
    >>> difference = result.paired.query("kpi == 'handovers_per_case' and region == 'totaal'")
    >>> difference[["form", "baseline", "n"]].values.tolist()
    [['v4_openbaar_lichaam', 'v0_estafette', 2]]
    """

    def __init__(self, core: _rvtsim.Outcome, others: Sequence[_rvtsim.Outcome] = ()) -> None:
        self._core = core
        self.beside = {other.scenario.setting: Result(other) for other in others}
        """The results of the other settings of the scenario, belief sets and variants, by name."""

    def __repr__(self) -> str:
        return f"<rvtsim.Result of {self.setting}: {', '.join(self.names)}>"

    @property
    def setting(self) -> str:
        """The setting of which it is: the belief set, ``+`` and the variant if it is one."""
        return self._core.scenario.setting

    def in_all_settings(self, name: str) -> pd.DataFrame:
        """A table of all settings, one under the other, with a first column ``setting``.

        >>> import rvtsim
        >>> scenario = rvtsim.load("scenarios/aannamesets.toml", regions=["Zeeland"], replications=1)
        >>> scenario = scenario.with_(forms=["V0", "V2"], beliefs=["neutraal", "kritisch"], warm_up="4 weeks",
        ...                           measured="8 weeks")
        >>> found = rvtsim.run(scenario).in_all_settings("kpis")
        >>> found.query("kpi == 'load_percent' and region == 'totaal'")[["setting", "form"]].values.tolist()
        [['neutraal', 'v0_estafette'], ['neutraal', 'v2_rnvt'], ['kritisch', 'v0_estafette'], ['kritisch', 'v2_rnvt']]
        """
        every = {self.setting: self, **self.beside}
        frames = [one[name].assign(setting=setting) for setting, one in every.items()]
        whole = pd.concat(frames, ignore_index=True)
        whole.attrs = frames[0].attrs
        return whole[["setting", *frames[0].columns[:-1]]]

    @property
    def names(self) -> list[str]:
        """Names of its tables."""
        return self._core.names

    def table(self, name: str) -> Table:
        """A table, with units and meanings, as pandas or Arrow has it."""
        table = self._core.table(name)
        if table is None:
            raise KeyError(f"there is no table {name!r}; there are {', '.join(self.names)}")
        return Table(table)

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.table(name).to_pandas()

    @property
    def kpis(self) -> pd.DataFrame:
        """Every KPI by form and region: mean, 95 % interval over replications, and whether it is at rest."""
        return self["kpis"]

    @property
    def paired(self) -> pd.DataFrame:
        """Every KPI's difference from the baseline, paired by replication, with its interval."""
        return self["paired"]

    @property
    def replications(self) -> pd.DataFrame:
        """Every KPI by form, replication and region."""
        return self["replications"]

    @property
    def teams(self) -> pd.DataFrame:
        """Load, queue and staff of every team."""
        return self["teams"]

    @property
    def manifest(self) -> dict[str, Any]:
        """What the run was made of, and its warnings."""
        manifest: dict[str, Any] = json.loads(self._core.manifest)
        return manifest

    @property
    def warnings(self) -> list[str]:
        """What a reader should doubt, in English."""
        return [warning["en"] for warning in self.manifest["warnings"]]

    @property
    def n_replications(self) -> int:
        """Replications that were made; more than the scenario says where it asks for a precision."""
        return self._core.scenario.replications

    def to_csv(self, name: str) -> str:
        """A table as it stands in its file, to the byte."""
        text = self._core.csv(name)
        if text is None:
            raise KeyError(f"there is no table {name!r}; there are {', '.join(self.names)}")
        return text

    def write(self, folder: str | os.PathLike[str], *, replace: bool = False, tables_only: bool = False,
              progress: Progress = False) -> Path:
        """Writes the run folder that the program writes, to the byte, with figures and page unless ``tables_only``;
        gives its path.

        The journeys on the page take another six passes of one region. Other settings stand in its folder
        ``beside``, and ``compare`` reads them side by side.
        """
        others = [one._core for one in self.beside.values()]
        return self._core.write(others, Path(folder), replace, tables_only, _shown(progress))


def run(scenario: Scenario, *, replications: int | None = None, threads: int | None = None,
        progress: Progress = False) -> Result:
    """Runs every form in every region, and all replications; on all cores unless ``threads`` says otherwise.
    ``replications`` is another number than the scenario's own.

    The result is the same on any number of threads. Other threads of Python go on meanwhile; Ctrl-C ends the
    run after the passes under way and raises ``KeyboardInterrupt``.

    Of a scenario with several belief sets or variants all are run, with the same families and chance: the result is
    that of the first, and the others are ``beside`` it.
    """
    scenario, show = scenario._so_often(replications), _shown(progress)
    settings = scenario.settings
    outcomes: list[_rvtsim.Outcome] = []
    # The first is the scenario as it stands, which knows of the others; they are run as often, so that they are paired.
    for number, core in enumerate([scenario._core, *(one._core for one in settings[1:])]):
        part = None if show is None else lambda share: show((number + share) / len(settings))
        n = outcomes[0].scenario.replications if outcomes else None
        outcomes.append(_rvtsim.run(core, n, _able(threads), part))
    return Result(outcomes[0], outcomes[1:])


class Pass:
    """One form in one region through one replication, with what happened to every family.

    >>> import rvtsim
    >>> scenario = rvtsim.load("scenarios/referentie.toml").with_(warm_up="4 weeks", measured="13 weeks")
    >>> one = rvtsim.pass_(scenario, "v0_estafette", "Zeeland")
    >>> sorted(one.events["lifecycle"].unique())
    ['complete', 'pi_abort', 'schedule', 'start']
    >>> bool((one.households["wait"] >= one.households["longest_wait"] - 1e-3).all())
    True
    """

    def __init__(self, scenario: Scenario, form: str, region: str, replication: int) -> None:
        if replication < 1:
            raise ValueError(f"replications are numbered from 1, not {replication}")
        self._at = (scenario._core, form, region, replication)
        self._lives = _rvtsim.lives(*self._at)
        self._events: pd.DataFrame | None = None
        self._households: pd.DataFrame | None = None

    def __repr__(self) -> str:
        _, form, region, replication = self._at
        return f"<rvtsim.Pass of {form} in {region}, replication {replication}: {len(self._lives)} families>"

    @property
    def events(self) -> pd.DataFrame:
        """The event log: a row for each event of the families that come first while it is measured. The same as
        ``rvtsim log`` writes, times as datetime64 in Dutch winter time."""
        if self._events is None:
            self._events = Table(self._lives.events()).to_pandas()
        return self._events

    @property
    def households(self) -> pd.DataFrame:
        """A row for each of these families: what its life comes down to. ``rvtsim trace --help`` tells more of
        the columns, as does ``attrs["definitions"]``; times in days."""
        if self._households is None:
            self._households = Table(self._lives.households()).to_pandas()
        return self._households

    @property
    def kpis(self) -> pd.Series:
        """The built-in KPIs of the pass. It is run anew without a log, with the replications before it."""
        return pd.Series(dict(_rvtsim.pass_kpis(*self._at)), dtype=float, name="value")


def pass_(scenario: Scenario, form: str, region: str, replication: int = 1) -> Pass:
    """Makes one pass, and writes down what happens to every family that comes first while it is measured."""
    return Pass(scenario, form, region, replication)


def own_kpis(scenario: Scenario, kpis: Mapping[str, Kpi], *, households: Filter | None = None,
             by_region: bool = False, forms: Sequence[str] | None = None, threads: int | None = None) -> pd.DataFrame:
    """KPIs of one's own over the event logs of all passes: a row for each form, replication, region and KPI.

    A KPI is called with the events and the households of a replication (as in ``pass_``), of all regions
    together or region by region; ``households`` tells which families count. ``estimates`` makes intervals and
    paired differences of what comes out. docs/python.md tells what it costs.

    >>> import rvtsim
    >>> scenario = rvtsim.load("scenarios/referentie.toml", regions=["Zeeland"], replications=2)
    >>> scenario = scenario.with_(warm_up="4 weeks", measured="13 weeks", forms=["v0_estafette", "v2_rnvt"])
    >>> found = rvtsim.own_kpis(
    ...     scenario,
    ...     {"many_faces_percent": lambda events, families: 100 * (families["professionals"] >= 5).mean()},
    ...     households=lambda families: families["children"] & (families["severity"] != "lichte_zorgen"))
    >>> found.columns.tolist(), len(found)
    (['form', 'replication', 'region', 'kpi', 'value'], 4)
    """
    forms = scenario.forms if forms is None else [scenario._core.form(form) for form in forms]
    together = "NL" if len(scenario.regions) == 25 else "totaal"

    def rows(at: tuple[str, int]) -> list[tuple[str, int, str, str, float]]:
        form, replication = at
        passes = [(region, pass_(scenario, form, region, replication)) for region in scenario.regions]
        logs = [(region, one.events, one.households) for region, one in passes]
        if not by_region and len(logs) > 1:
            _, events, families = zip(*logs)
            logs = [(together, pd.concat(events, ignore_index=True), pd.concat(families, ignore_index=True))]
        found = []
        for region, log, all_ in logs:
            if households is not None:
                all_ = all_[households(all_).astype(bool)]
                log = log[log["case"].isin(all_["case"])]
            name = region if by_region else together
            found += [(form, replication, name, key, float(kpi(log, all_))) for key, kpi in kpis.items()]
        return found

    at = [(form, replication) for form in forms for replication in range(1, scenario.replications + 1)]
    with ThreadPoolExecutor(_able(threads) or os.cpu_count()) as pool:
        parts = pool.map(rows, at)
        return pd.DataFrame([row for part in parts for row in part],
                            columns=["form", "replication", "region", "kpi", "value"])


def estimates(values: pd.DataFrame, *, baseline: str | None = None) -> pd.DataFrame:
    """Means and 95 % intervals (Student t) over replications of a frame such as ``own_kpis`` gives.

    With a ``baseline``, of the differences from that form within each replication.

    >>> import pandas as pd, rvtsim
    >>> values = pd.DataFrame({"form": ["a", "a", "b", "b"], "replication": [1, 2, 1, 2], "region": "NL",
    ...                        "kpi": "waits", "value": [1.0, 2.0, 2.0, 4.0]})
    >>> rvtsim.estimates(values, baseline="a")[["form", "mean", "n"]].values.tolist()
    [['b', 1.5, 2]]
    """
    keys = ["region", "kpi", "replication"]
    if baseline is not None:
        of_baseline = values[values["form"] == baseline]
        both = values[values["form"] != baseline].merge(of_baseline, on=keys, suffixes=("", "_baseline"))
        values = both.assign(value=both["value"] - both["value_baseline"])
    rows = []
    for (form, region, kpi), group in values.groupby(["form", "region", "kpi"], sort=False):
        found = _rvtsim.estimate(group["value"].dropna().tolist())
        rows.append((form, region, kpi, *(found or (None, None, None, 0))))
    frame = pd.DataFrame(rows, columns=["form", "region", "kpi", "mean", "ci_low", "ci_high", "n"])
    return frame.astype({"mean": float, "ci_low": float, "ci_high": float})


class Story:
    """One family under several forms: told, and as events."""

    def __init__(self, text: str, lives: _rvtsim.Lives) -> None:
        self.text = text
        """What the program tells."""
        self._lives = lives

    def __str__(self) -> str:
        return self.text

    @property
    def events(self) -> pd.DataFrame:
        """A row for each event under each form."""
        return Table(self._lives.events()).to_pandas()

    @property
    def households(self) -> pd.DataFrame:
        """What the life under each form comes down to."""
        return Table(self._lives.households()).to_pandas()


def trace(scenario: Scenario, *, household: str | int | None = None, region: str | None = None,
          find: str | None = None, forms: Iterable[str] = (), replication: int = 1, lang: str = "en") -> Story:
    """Follows one family under the baseline and ``forms`` (all of them if none is named): the same family and the
    same chance. Name it (``household`` and ``region``), or say what to ``find`` in a life under the baseline.

    >>> import rvtsim
    >>> scenario = rvtsim.load("scenarios/referentie.toml").with_(warm_up="4 weeks", measured="13 weeks")
    >>> story = rvtsim.trace(scenario, find="children=yes, handovers>=1", forms=["v4_openbaar_lichaam"])
    >>> story.households["form"].tolist(), bool(story.households["handovers"][0] >= 1)
    (['v0_estafette', 'v4_openbaar_lichaam'], True)
    """
    name = None if household is None else str(household)
    return Story(*_rvtsim.trace(scenario._core, region, name, find, list(forms), replication, lang))


def weigh(run: str | os.PathLike[str], framework: str | os.PathLike[str] = "scenarios/afwegingskader.toml", *,
          sweep: str | os.PathLike[str] | None = None, draws: int = 10_000) -> dict[str, pd.DataFrame]:
    """Weighs the forms of a run folder (``Result.write``) by a framework, and over the points of a sweep folder if
    there is one: the tables of ``rvtsim weigh``, by name. Writes nothing.
    """
    tables = _rvtsim.weigh(Path(run), Path(framework), None if sweep is None else Path(sweep), draws)
    return {table.name: Table(table).to_pandas() for table in tables}


def compare(*runs: str | os.PathLike[str]) -> pd.DataFrame:
    """Finished run folders side by side, each compared with the first; of one, its settings. The table that
    ``rvtsim compare`` writes: every figure, how it differs, and what holds in all of them (``in_all``).
    """
    table, _ = _rvtsim.compare([Path(run) for run in runs])
    return Table(table).to_pandas()


def kpi_table() -> pd.DataFrame:
    """Every built-in KPI: key, unit, which way is better, name and definition.

    >>> import rvtsim
    >>> rvtsim.kpi_table().set_index("kpi").loc["handovers_per_case", "better"]
    'lower'
    """
    return pd.DataFrame(_rvtsim.kpis(), columns=["kpi", "unit", "better", "name", "definition", "is_headline"])
