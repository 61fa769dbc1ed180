"""rvtsim: the Dutch child-and-family protection chain, today's relay against Regionale Veiligheidsteams.

>>> import rvtsim
>>> scenario = rvtsim.load("scenarios/referentie.toml", regions=["Zeeland"], replications=2)
>>> scenario = scenario.with_(warm_up="4 weeks", measured="13 weeks", forms=["v0_estafette", "v2_rnvt"])
>>> rvtsim.run(scenario).kpis.columns.tolist()
['form', 'region', 'kpi', 'unit', 'mean', 'ci_low', 'ci_high', 'n', 'at_rest', 'chance_share']

``rvtsim.ema`` is for the EMA workbench, ``rvtsim.dask`` for many machines. docs/python.md is the guide.
"""

from ._errors import Diagnostic, FolderError, PassError, RvtsimError, ScenarioError
from ._run import (
    Filter,
    Kpi,
    Pass,
    Progress,
    Result,
    Story,
    compare,
    estimates,
    kpi_table,
    own_kpis,
    pass_,
    run,
    trace,
    weigh,
)
from ._scenario import Scenario, load
from ._sweep import Sweep, at_points, design, make, merge, parts, put, sweep, sweep_to
from ._tables import Table

__all__ = [
    "Diagnostic", "Filter", "FolderError", "Kpi", "Pass", "PassError", "Progress", "Result", "RvtsimError",
    "Scenario", "ScenarioError", "Story", "Sweep", "Table", "at_points", "compare", "design", "estimates", "kpi_table", "load",
    "make", "merge", "own_kpis", "parts", "pass_", "put", "run", "sweep", "sweep_to", "trace", "weigh",
]
