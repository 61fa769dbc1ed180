import numpy as np
import pandas as pd
import pytest
from conftest import files
from SALib.analyze import sobol

import rvtsim


@pytest.fixture(scope="module")
def scenario(sweep_file):
    return rvtsim.load(sweep_file)


@pytest.fixture(scope="module")
def written(sweep_file, program, tmp_path_factory):
    folder = tmp_path_factory.mktemp("program") / "small"
    program("sweep", sweep_file, "--out", folder)
    return folder


def test_a_sweep_in_memory_holds_the_numbers_of_the_files(scenario, written):
    sweep = rvtsim.sweep(scenario, threads=1)
    for name, found in [("results", sweep.results), ("sensitivity", sweep.sensitivity), ("factors", sweep.factors),
                        ("design", sweep.design.reset_index())]:
        told = pd.read_csv(written / f"{name}.csv", keep_default_na=False, na_values=[""])
        assert found.columns.tolist() == told.columns.tolist() and len(found) == len(told)
        for column in told:
            if told[column].dtype.kind in "fi":
                np.testing.assert_array_equal(found[column], told[column], err_msg=f"{column} of {name}")
    assert sweep.wide.loc[3, ("v2_rnvt", "load_percent")] == pytest.approx(
        sweep.results.query("point == 3 and form == 'v2_rnvt' and kpi == 'load_percent'")["value"].mean())


def test_a_sweep_on_disk_is_that_of_the_program(scenario, written, tmp_path):
    told = []
    folder = rvtsim.sweep_to(scenario, tmp_path / "small", progress=told.append)
    assert files(folder) == files(written)
    with pytest.raises(rvtsim.FolderError):
        rvtsim.sweep_to(scenario, tmp_path / "small")


def test_parts_may_be_made_anywhere_twice_and_in_any_order(scenario, written, tmp_path):
    folder = tmp_path / "small"
    parts = rvtsim.parts(scenario, folder, n_points=7)
    assert parts[0] == (1, 8) and parts[-1][1] == scenario.n_points + 1 == 21
    for first, end in reversed(parts):
        rvtsim.put(scenario, folder, first, end, rvtsim.make(scenario, first, end, threads=1))
    rvtsim.put(scenario, folder, *parts[0], rvtsim.make(scenario, *parts[0]))
    assert rvtsim.parts(scenario, folder, resume=True) == []
    assert files(rvtsim.merge(scenario, folder)) == files(written)


def test_what_is_missing_is_made_after_an_interruption(scenario, written, tmp_path):
    folder = tmp_path / "small"
    first, *_ = rvtsim.parts(scenario, folder, n_points=5)
    rvtsim.put(scenario, folder, *first, rvtsim.make(scenario, *first))
    with pytest.raises(rvtsim.FolderError, match="of 20 points"):
        rvtsim.merge(scenario, folder)
    assert files(rvtsim.sweep_to(scenario, folder, resume=True)) == files(written)


def test_sobol_indices_are_those_of_salib(scenario):
    sweep = rvtsim.sweep(scenario.with_(sweep={"points": 32}, replications=1))
    names = sweep.design.columns.tolist()
    problem = {"num_vars": len(names), "names": names, "bounds": [[0, 1]] * len(names)}
    for form, kpi in sweep.wide.columns:
        values = sweep.wide[form][kpi].to_numpy()
        told = sobol.analyze(problem, values, calc_second_order=False)
        found = sweep.sensitivity.query("kpi == @kpi and form == @form and measure == 'level'")
        for statistic, index in [("first_order", "S1"), ("total", "ST")]:
            ours = found[found["statistic"] == statistic].set_index("factor")["value"][names]
            is_told = ours.notna()
            assert is_told.any()
            np.testing.assert_allclose(ours[is_told], np.asarray(told[index])[is_told], rtol=1e-4, atol=1e-6)


def test_points_of_ones_own_move_what_they_name(small):
    points = [{"staff.fte_rvdk": small.parameters["staff.fte_rvdk"]}, {"staff.fte_rvdk": 400}, {}]
    found = rvtsim.sweep(rvtsim.at_points(small, points, ["load_percent"])).wide
    assert found.loc[1].tolist() == found.loc[3].tolist() != found.loc[2].tolist()
    changed = small.with_(**{"staff.fte_rvdk": 400})
    told = rvtsim.run(changed).kpis.query("kpi == 'load_percent' and region == 'totaal'")
    np.testing.assert_allclose(found.loc[2], told["mean"], rtol=1e-5)
    with pytest.raises(rvtsim.ScenarioError, match="staff.fte_rvdq"):
        rvtsim.at_points(small, [{"staff.fte_rvdq": 3}])
    with pytest.raises(ValueError, match="no section"):
        rvtsim.sweep(small)
