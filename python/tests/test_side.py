"""Several belief sets and variants, side by side."""

import pandas as pd
import pytest
from conftest import SIDES, files, library

import rvtsim

SETTINGS = ["neutraal", "neutraal+meer", "kritisch", "kritisch+meer"]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return library(tmp_path_factory.mktemp("side"), SIDES)


@pytest.fixture(scope="module")
def scenario(path):
    return rvtsim.load(path)


@pytest.fixture(scope="module")
def written(path, program, tmp_path_factory):
    folder = tmp_path_factory.mktemp("program") / "small"
    program("run", path, "--out", folder)
    return folder


def test_all_settings_are_run_and_written_as_the_program_does(scenario, written, tmp_path):
    told = []
    result = rvtsim.run(scenario, threads=1, progress=told.append)
    assert [result.setting, *result.beside] == SETTINGS and told == sorted(told)
    for setting, one in result.beside.items():
        assert one.to_csv("kpis") == (written / "beside" / setting / "kpis.csv").read_bytes().decode()
    every = result.in_all_settings("kpis")
    assert every["setting"].unique().tolist() == SETTINGS and len(every) == 4 * len(result.kpis)
    folder = result.write(tmp_path / "small")
    assert files(folder) == files(written)
    found, file = rvtsim.compare(folder), pd.read_csv(written / "compare.csv")
    assert found.columns.tolist() == file.columns.tolist() and len(found) == len(file)
    assert set(found["in_all"]) == set(file["in_all"].fillna(""))


def test_a_setting_is_run_alone_if_it_is_asked_for(path, scenario, written):
    for alone in [rvtsim.load(path, belief="kritisch", variant="meer"), scenario.settings[3]]:
        assert (alone.belief, alone.variant, alone.settings) == ("kritisch", "meer", [alone])
        result = rvtsim.run(alone)
        assert result.beside == {}
        assert result.to_csv("kpis") == (written / "beside/kritisch+meer/kpis.csv").read_bytes().decode()
    assert [one.setting for one in rvtsim.load(path, belief="kritisch").settings] == ["kritisch", "kritisch+meer"]
    assert [one.setting for one in scenario.with_(beliefs=["programma"]).settings] == ["programma", "programma+meer"]


def test_a_sweep_is_of_the_first(path, scenario, program, tmp_path):
    sweep = {"design": "one_at_a_time", "factors": ["work.cv"], "kpis": ["load_percent"]}
    swept = scenario.with_(sweep=sweep)
    file = path.with_name("small_changed.toml")
    file.write_text('extends = "small.toml"\n[sweep]\ndesign = "one_at_a_time"\nfactors = ["work.cv"]\n'
                    'kpis = ["load_percent"]\n')
    program("sweep", file, "--out", tmp_path / "program" / "swept")
    found, told = files(rvtsim.sweep_to(swept, tmp_path / "here" / "swept")), files(tmp_path / "program" / "swept")
    assert {name: text for name, text in found.items() if name.suffix == ".csv"} == {
        name: text for name, text in told.items() if name.suffix == ".csv"}
