import datetime
import pickle

import pytest

import rvtsim


def test_faults_are_told_with_their_places(small_file, tmp_path):
    text = 'extends = "referentie.toml"\n[scenario]\nreplications = "many"\n[evidence]\nstaff.fte_lokaal_taem = 3\n'
    with pytest.raises(rvtsim.ScenarioError) as caught:
        rvtsim.Scenario.from_toml(text, library=small_file.parent, name="mine")
    error = caught.value
    places = [(one.line, one.column, one.file.rsplit("/")[-1]) for one in error.diagnostics]
    assert places == [(3, 16, "mine.toml"), (5, 7, "mine.toml")]
    assert "staff.fte_lokaal_team" in error.diagnostics[1].help
    assert (error.code, error.line) == (error.diagnostics[0].code, 3)
    assert "^^^^" in str(error) and isinstance(error, ValueError)
    assert pickle.loads(pickle.dumps(error)).diagnostics == error.diagnostics


def test_a_file_that_is_not_there_is_told():
    with pytest.raises(rvtsim.ScenarioError, match="no such file"):
        rvtsim.load("scenarios/nothing.toml")


def test_with_changes_what_it_names_and_again(small):
    more = small.with_(**{"staff.fte_rvdk": "10 % less", "replications": 3, "start": datetime.date(2027, 1, 1)})
    assert more.replications == 3 and more.start == datetime.date(2027, 1, 1)
    ratio = more.parameters["staff.fte_rvdk"] / small.parameters["staff.fte_rvdk"]
    assert ratio == pytest.approx(0.9)
    again = more.with_(**{"work.cv": 0.5}, replications=1)
    assert again.parameters["staff.fte_rvdk"] == more.parameters["staff.fte_rvdk"]
    assert (again.parameters["work.cv"], again.replications) == (0.5, 1)
    with pytest.raises(rvtsim.ScenarioError) as caught:
        small.with_(**{"staff.fte_rvdq": 3})
    assert caught.value.line is not None and "small_changed.toml" in caught.value.file
    with pytest.raises(TypeError):
        small.with_(seed=object())


def test_forms_have_short_names(small):
    assert small.with_(forms=["V0", "rnvt"], baseline="V2").baseline == "v2_rnvt"
    base = rvtsim.load("scenarios/referentie.toml")
    assert base.with_(forms=["V0", "V4"]).forms == ["v0_estafette", "v4_openbaar_lichaam"]
    with pytest.raises(rvtsim.ScenarioError) as caught:
        base.with_(forms=["V9"])
    assert "V9" in str(caught.value)


def test_what_load_changed_stays_changed(small_file):
    loaded = rvtsim.load(small_file, replications=5, seed=3)
    assert loaded.with_(belief="kritisch").replications == 5
    assert loaded.with_(replications=1).replications == 1
    swept = rvtsim.load("scenarios/studies/aannames.toml", points=1)
    assert swept.with_(sweep={"points": 3}).n_points == 3 * swept.n_points


def test_a_scenario_goes_elsewhere_with_its_files(small, sweep_file):
    text = 'extends = "small.toml"\n[evidence]\nwork.cv = 0.5\n'
    given = rvtsim.Scenario.from_toml(text, library=small._path.parent)
    for one in [small, small.with_(**{"work.cv": 0.5}), given, rvtsim.load(sweep_file, points=2)]:
        there = pickle.loads(pickle.dumps(one))
        assert there.to_toml() == one.to_toml()
        assert (there.key, there.n_points) == (one.key, one.n_points)
        assert there._core.inputs == one._core.inputs


def test_evidence_is_what_the_program_tells(small_file, small, program):
    import io

    import pandas as pd

    told = pd.read_csv(io.StringIO(program("evidence", "--scenario", small_file, "--csv")), keep_default_na=False)
    found = small.evidence().to_pandas()
    assert found["key"].tolist() == told["key"].tolist()
    assert found["value"].tolist() == told["value"].tolist()
    assert found["source"].str.lstrip("'").tolist() == told["source"].str.lstrip("'").tolist()
