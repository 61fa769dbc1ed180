import io
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pandas as pd
import pytest
from conftest import files

import rvtsim


@pytest.fixture(scope="module")
def result(small):
    return rvtsim.run(small, threads=2)


@pytest.fixture(scope="module")
def written(small_file, program, tmp_path_factory):
    folder = tmp_path_factory.mktemp("program") / "small"
    program("run", small_file, "--out", folder)
    return folder


def test_tables_are_those_of_the_program_to_the_byte(small, result, written):
    alone = rvtsim.run(small, threads=1)
    # The dictionary of a folder has that of the journeys too.
    for name in set(result.names) - {"columns"}:
        text = (written / f"{name}.csv").read_bytes().decode()
        assert result.to_csv(name) == alone.to_csv(name) == text, name


def test_replications_are_an_argument_as_they_are_of_the_program(small, small_file, program, tmp_path):
    line = ["run", small_file, "--replications", "1", "--tables-only", "--out", tmp_path / "program" / "small"]
    program(*line)
    folder = rvtsim.run(small, replications=1).write(tmp_path / "small", tables_only=True)
    assert not (folder / "report.html").exists()
    assert files(folder) == files(tmp_path / "program" / "small")


def test_frames_hold_the_numbers_of_the_files(result, written):
    for name in result.names:
        frame = result[name]
        told = pd.read_csv(io.StringIO(result.to_csv(name)))
        assert frame.columns.tolist() == told.columns.tolist()
        for column in told.select_dtypes("number"):
            found = pd.to_numeric(frame[column]).astype(float)
            np.testing.assert_array_equal(found, told[column].astype(float), err_msg=f"{column} of {name}")
    assert result.kpis["at_rest"].dtype == "boolean" and result["series"]["date"].dtype.kind == "M"
    assert result.kpis.attrs["units"]["n"] == "count"


def test_arrow_has_the_same(result):
    table = result.table("kpis")
    found = table.to_arrow()
    assert found.column("mean").null_count == result.kpis["mean"].isna().sum() > 0
    assert found.column("form").to_pylist() == result.kpis["form"].tolist()
    assert found.schema.field("mean").metadata[b"unit"] == b"of the kpi"
    assert result.table("series").to_arrow().column("date").to_pandas().equals(result["series"]["date"].rename("date"))


def test_a_written_folder_is_that_of_the_program(result, written, tmp_path):
    folder = result.write(tmp_path / "small")
    assert files(folder) == files(written)
    with pytest.raises(rvtsim.FolderError, match="finished run"):
        result.write(tmp_path / "small")
    result.write(tmp_path / "small", replace=True, tables_only=True)


def test_weighing_is_that_of_the_program(written, program, tmp_path):
    folder = shutil.copytree(written, tmp_path / "small")
    found = rvtsim.weigh(folder, draws=200)
    program("weigh", folder, "--draws", "200")
    for name, frame in found.items():
        if name == "columns":
            continue
        told = pd.read_csv(folder / "weighing" / f"{name}.csv")
        assert len(frame) == len(told) and frame.columns.tolist() == told.columns.tolist()
        for column in told.select_dtypes("float"):
            np.testing.assert_array_equal(frame[column].astype(float), told[column], err_msg=name)


def test_the_log_of_a_pass_is_that_of_the_program(small, small_file, program):
    told = pd.read_csv(io.StringIO(program("log", small_file, "--forms", "v2_rnvt", "--replication", "2")),
                       dtype={"household": str})
    told = told[told["form"] == "v2_rnvt"]
    one = rvtsim.pass_(small, "V2", "Zeeland", replication=2)
    for column in ["case", "activity", "lifecycle"]:
        assert one.events[column].tolist() == told[column].tolist()
    assert one.events["timestamp"].tolist() == pd.to_datetime(told["timestamp"].str[:19]).tolist()
    np.testing.assert_array_equal(one.events["waited_days"], told["waited_days"])
    handovers = one.events.groupby("case", sort=False)["is_handover"].sum()
    assert one.households.set_index("case")["handovers"].to_dict() == handovers.astype(float).to_dict()


def test_kpis_of_a_pass_are_those_of_the_run(small, result):
    found = rvtsim.pass_(small, "v0_estafette", "Zeeland", replication=2).kpis
    told = result.replications.query("form == 'v0_estafette' and replication == 2 and region == 'Zeeland'")
    told = told.set_index("kpi")["value"]
    np.testing.assert_allclose(found[told.index], told, rtol=1e-5)


def test_own_kpis_filter_households_and_are_paired(small):
    kpis = {"n": lambda events, families: len(families), "incidents": lambda events, families:
            (events["activity"] == "incident").sum()}
    every = rvtsim.own_kpis(small, kpis, threads=2)
    some = rvtsim.own_kpis(small, kpis, forms=["V2"])
    assert some["value"].tolist() == every.query("form == 'v2_rnvt'")["value"].tolist()
    with_children = rvtsim.own_kpis(small, kpis, households=lambda families: families["children"])
    merged = every.merge(with_children, on=["form", "replication", "region", "kpi"], suffixes=("", "_children"))
    assert len(merged) == 2 * 2 * 2 and (merged["value_children"] < merged["value"]).all()
    # Who comes does not depend on the form.
    found = rvtsim.estimates(every, baseline="v0_estafette").set_index("kpi")
    assert found.loc["n", ["mean", "ci_low", "ci_high"]].tolist() == [0, 0, 0]
    regions = small.with_(regions=["Zeeland", "Flevoland"], replications=1, forms=["v0_estafette"])
    apart = rvtsim.own_kpis(regions, kpis, by_region=True)
    together = rvtsim.own_kpis(regions, kpis)
    assert apart.groupby("kpi")["value"].sum().to_dict() == together.set_index("kpi")["value"].to_dict()
    assert together["region"].unique().tolist() == ["totaal"]


def test_a_fault_in_an_own_kpi_comes_out(small):
    with pytest.raises(ZeroDivisionError):
        rvtsim.own_kpis(small, {"bad": lambda events, families: 1 / 0})


def test_a_story_is_that_of_the_program(small, small_file, program):
    story = rvtsim.trace(small, household=7, forms=["v2_rnvt"])
    told = program("trace", small_file, "--region", "Zeeland", "--household", "7", "--forms", "v2_rnvt", "--list",
                   "--width", "100", "--lang", "en")
    assert str(story).strip() == told.strip()
    assert story.households["form"].tolist() == ["v0_estafette", "v2_rnvt"]
    with pytest.raises(KeyError):
        rvtsim.trace(small, household=10_000_00)
    with pytest.raises(ValueError):
        rvtsim.trace(small)


def test_unknown_names_are_told(small, result):
    with pytest.raises(KeyError, match="kpis"):
        result.table("kpi")
    for word in ["Zeelnd", "Friesland"]:
        with pytest.raises(rvtsim.ScenarioError, match=f"the scenario has no region `{word}`") as caught:
            rvtsim.pass_(small, "v0_estafette", word)
        assert (caught.value.code, caught.value.line) == ("S022", None) and "`Zeeland`" in caught.value.help
    two = small.with_(regions=["Zeeland", "Flevoland"])
    with pytest.raises(rvtsim.ScenarioError) as caught:
        rvtsim.trace(two, region="Flevolant", household=7)
    assert caught.value.help == "did you mean `Flevoland`? The choice is Zeeland, Flevoland"
    with pytest.raises(rvtsim.ScenarioError, match="the scenario has no form `v9`"):
        rvtsim.pass_(small, "v9", "Zeeland")
    with pytest.raises(ValueError, match="from 1"):
        rvtsim.pass_(small, "V0", "Zeeland", replication=0)
    with pytest.raises(ValueError, match="at least one thread"):
        rvtsim.run(small, threads=0)
    assert repr(rvtsim.pass_(small, "V0", "Zeeland")).startswith("<rvtsim.Pass of V0 in Zeeland, replication 1: ")


def test_other_threads_go_on_and_progress_is_told(small):
    n, told = 0, []
    work = threading.Thread(target=lambda: rvtsim.run(small.with_(replications=8), progress=told.append))
    work.start()
    while work.is_alive():
        n += 1
        time.sleep(0.001)
    assert n > 20
    assert told == sorted(told) and all(0 <= share <= 1 for share in told)


def test_ctrl_c_ends_a_run(small_file):
    text = (f"import rvtsim; s = rvtsim.load({str(small_file)!r}, replications=20000)\n"
            "print('begun', flush=True)\n"
            "try: rvtsim.run(s)\n"
            "except KeyboardInterrupt: print('ended')\n")
    program = subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, text=True)
    assert program.stdout.readline() == "begun\n"
    time.sleep(1)
    os.kill(program.pid, signal.SIGINT)
    out, _ = program.communicate(timeout=20)
    assert (out, program.returncode) == ("ended\n", 0)


def test_a_fault_in_progress_ends_a_run(small):
    with pytest.raises(ZeroDivisionError):
        rvtsim.run(small.with_(replications=2000), progress=lambda share: 1 / 0)
