"""The EMA workbench: a model whose uncertainties come from the evidence and whose outcomes are KPIs.

Needs ``ema_workbench`` 2.5 (``pip install "rvtsim[ema]"``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ema_workbench as ema

from ._run import kpi_table
from ._scenario import Scenario
from ._sweep import at_points, design, sweep

Levels = Sequence[Any]


def name_of(key: str) -> str:
    """The name of a parameter or setting as the workbench can have it: an identifier.

    >>> name_of("staff.fte_rvdk")
    'staff__fte_rvdk'
    """
    return "".join(letter if letter.isalnum() or letter == "_" else "__" for letter in key)


class Model(ema.Model):  # type: ignore[misc]
    """A scenario as a model of the workbench.

    ``uncertainties`` are parameters in the words of ``[sweep] factors``: keys, groups, beginnings with a star,
    ``grade D``, ``family capacity``; each varies over its range in the evidence. ``levers`` are factors of a sweep with
    their levels, by their name: settings and building blocks of forms. Which form is run is a lever too, ``form``, if
    the scenario has more than one. Dots in names become two underscores.

    Outcomes are KPIs, means over the scenario's replications; to be made small or large where the KPI table says which
    way is better. With ``difference`` they are the form's less the baseline's, and only other forms are run.

    >>> import rvtsim, rvtsim.ema
    >>> scenario = rvtsim.load("scenarios/referentie.toml").with_(
    ...     regions=["Zeeland"], replications=1, warm_up="4 weeks", measured="8 weeks", forms=["v0_estafette", "v2_rnvt"])
    >>> model = rvtsim.ema.Model(scenario, uncertainties=["staff.fte_rvdk"], kpis=["load_percent"],
    ...                          levers={"v2_rnvt.blocks.dossier": ["on", "off"]})
    >>> [one.name for one in model.uncertainties], [one.name for one in model.levers]
    (['staff__fte_rvdk'], ['form', 'v2_rnvt__blocks__dossier'])
    >>> from ema_workbench import perform_experiments
    >>> experiments, outcomes = perform_experiments(model, scenarios=2, policies=2)
    >>> len(experiments), outcomes["load_percent"].shape
    (4, (4,))
    """

    def __init__(self, scenario: Scenario, *, uncertainties: Sequence[str], kpis: Sequence[str] | None = None,
                 levers: Mapping[str, Levels] | None = None, difference: bool = False, name: str = "rvtsim") -> None:
        table = kpi_table().set_index("kpi")
        kpis = table.index[table["is_headline"]].tolist() if kpis is None else list(kpis)
        chosen = scenario.with_(sweep={"design": "latin_hypercube", "points": 1, "factors": list(uncertainties)})
        keys = design(chosen).columns.tolist()
        levers = dict(levers or {})
        forms = [form for form in scenario.forms if not (difference and form == scenario.baseline)]
        names = {name_of(key): key for key in [*keys, *levers]}
        super().__init__(name, function=_Experiment(scenario, names, kpis, forms[0], difference))
        ranges = scenario.evidence().to_pandas().set_index("key").loc[keys]
        self.uncertainties = [ema.RealParameter(name_of(str(key)), row.low, row.high) for key, row in ranges.iterrows()]
        own = [ema.CategoricalParameter(name_of(key), list(levels)) for key, levels in levers.items()]
        self.levers = [*([ema.CategoricalParameter("form", forms)] if len(forms) > 1 else []), *own]
        kinds = {"lower": ema.ScalarOutcome.MINIMIZE, "higher": ema.ScalarOutcome.MAXIMIZE}
        better = table["better"]
        self.outcomes = [ema.ScalarOutcome(kpi, kind=kinds.get(better[kpi], ema.ScalarOutcome.INFO)) for kpi in kpis]


@dataclass(frozen=True)
class _Experiment:
    """One experiment: a point of a sweep of its own, on one core."""

    scenario: Scenario
    names: dict[str, str]
    kpis: list[str]
    form: str
    difference: bool

    def __call__(self, **values: Any) -> dict[str, float]:
        form = str(values.pop("form", self.form))
        base = self.scenario.baseline
        point = {self.names[name]: value for name, value in values.items()}
        # A setting of a form that is not run has no effect.
        forms = [base, form] if self.difference else [form]
        known = set(self.scenario.forms) - set(forms)
        point = {key: value for key, value in point.items() if key.split(".")[0] not in known}
        run = at_points(self.scenario, [point or {"point": 1}], self.kpis, forms=forms, baseline=forms[0])
        found = sweep(run, threads=1).wide.loc[1]
        less = found[base] if self.difference else 0 * found[form]
        return {kpi: float(found[form][kpi] - less[kpi]) for kpi in self.kpis}
