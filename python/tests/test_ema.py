"""The EMA workbench itself, on a small scenario."""

import ema_workbench
import numpy as np
import pytest
from ema_workbench.analysis import feature_scoring, prim

import rvtsim
import rvtsim.ema

FACTORS = ["staff.fte_lokaal_team", "staff.fte_veilig_thuis", "work.cv"]


@pytest.fixture(scope="module")
def tiny(small):
    return small.with_(replications=1, warm_up="8 weeks", measured="13 weeks")


@pytest.fixture(scope="module")
def exploration(tiny):
    model = rvtsim.ema.Model(tiny, uncertainties=FACTORS, kpis=["load_percent", "handovers_per_case"])
    policies = [ema_workbench.Policy(form, form=form) for form in tiny.forms]
    experiments, outcomes = ema_workbench.perform_experiments(model, scenarios=100, policies=policies)
    return experiments.drop(columns=["scenario", "policy", "model"]), outcomes


def test_two_hundred_points_find_what_matters(exploration):
    inputs, outcomes = exploration
    assert len(inputs) == 200
    scores = feature_scoring.get_feature_scores_all(inputs, outcomes).astype(float)
    # Handovers are a matter of structure, load one of hours.
    assert scores["handovers_per_case"].idxmax() == "form"
    assert scores["load_percent"].drop("form").idxmax().startswith("staff__fte")


def test_prim_finds_a_box(exploration):
    inputs, outcomes = exploration
    load = outcomes["load_percent"]
    box = prim.Prim(inputs, load > np.quantile(load, 0.75), threshold=0.5).find_box()
    last = box.peeling_trajectory.iloc[-1]
    assert last["density"] >= 0.5 and last["coverage"] > 0.3


def test_an_experiment_is_a_point_of_a_sweep(tiny, exploration):
    inputs, outcomes = exploration
    names = {rvtsim.ema.name_of(key): key for key in FACTORS}
    for row in (3, 150):
        point = {key: inputs.iloc[row][name] for name, key in names.items()}
        found = rvtsim.sweep(rvtsim.at_points(tiny, [point], ["load_percent"])).wide.loc[1]
        assert found[inputs.iloc[row]["form"]]["load_percent"] == outcomes["load_percent"][row]


def test_differences_and_levers(tiny):
    model = rvtsim.ema.Model(tiny, uncertainties=["grade A"], kpis=["handovers_per_case"], difference=True,
                             levers={"v2_rnvt.blocks.dossier": ["on", "off"]})
    ledger = tiny.evidence().to_pandas().set_index("key")
    assert [one.name for one in model.levers] == ["v2_rnvt__blocks__dossier"]
    assert model.outcomes["handovers_per_case"].kind == ema_workbench.ScalarOutcome.MINIMIZE
    for one in model.uncertainties:
        row = ledger.loc[one.name.replace("__", ".")]
        assert row["grade"] == "A" and (one.lower_bound, one.upper_bound) == (row["low"], row["high"])
    values = {one.name: (one.lower_bound + one.upper_bound) / 2 for one in model.uncertainties}
    on, off = (model.function(**values, v2_rnvt__blocks__dossier=level) for level in ("on", "off"))
    point = {name.replace("__", "."): value for name, value in values.items()} | {"v2_rnvt.blocks.dossier": "on"}
    told = rvtsim.sweep(rvtsim.at_points(tiny, [point], ["handovers_per_case"])).wide.loc[1]
    less = told["v2_rnvt"]["handovers_per_case"] - told["v0_estafette"]["handovers_per_case"]
    assert on["handovers_per_case"] == pytest.approx(less, abs=1e-9) and less != 0 and on.keys() == off.keys()
    assert model.function(**values, form="v2_rnvt", v2_rnvt__blocks__dossier="on") == on


def test_experiments_go_to_other_processes(tiny):
    model = rvtsim.ema.Model(tiny, uncertainties=["staff.fte_rvdk"], kpis=["load_percent"])
    worlds = [ema_workbench.Scenario(str(fte), staff__fte_rvdk=fte) for fte in (1500.0, 1700.0, 1900.0)]
    policies = [ema_workbench.Policy("v2", form="v2_rnvt")]
    found = []
    for evaluator in [ema_workbench.SequentialEvaluator(model), ema_workbench.MultiprocessingEvaluator(model, 2)]:
        with evaluator:
            experiments, outcomes = evaluator.perform_experiments(worlds, policies)
        found.append(dict(zip(experiments["staff__fte_rvdk"], outcomes["load_percent"])))
    assert len(set(found[0].values())) == 3 and found[0] == found[1]
