"""The small scenario of the tests, and the program to compare with."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import rvtsim

ROOT = Path(__file__).parents[2]
os.chdir(ROOT)

SMALL = """
extends = "referentie.toml"
[scenario]
warm_up = "26 weeks"
measured = "26 weeks"
replications = 2
regions = ["Zeeland"]
forms = ["v0_estafette", "v2_rnvt"]
"""
SIDES = """
extends = "referentie.toml"
[scenario]
warm_up = "4 weeks"
measured = "13 weeks"
replications = 2
regions = ["Zeeland"]
forms = ["v0_estafette", "v2_rnvt"]
beliefs = ["neutraal", "kritisch"]
[variants.meer]
label = { nl = "Meer RvdK", en = "More RvdK" }
evidence = { staff.fte_rvdk = "20 % more" }
"""
SALTELLI = """
[sweep]
design = "saltelli"
points = 4
kpis = ["load_percent", "handovers_per_case"]
factors = ["staff.fte_lokaal_team", "staff.fte_rvdk", "work.cv"]
"""


def library(folder, text):
    """A library as the shipped one, with a scenario of that text in it."""
    shutil.copytree(ROOT / "scenarios", folder, dirs_exist_ok=True)
    path = folder / "small.toml"
    path.write_text(text)
    return path


@pytest.fixture(scope="session")
def small_file(tmp_path_factory):
    return library(tmp_path_factory.mktemp("small"), SMALL)


@pytest.fixture(scope="session")
def small(small_file):
    return rvtsim.load(small_file)


@pytest.fixture(scope="session")
def sweep_file(tmp_path_factory):
    return library(tmp_path_factory.mktemp("sweep"), SMALL + SALTELLI)


@pytest.fixture(scope="session")
def program():
    """Runs the program, which ``RVTSIM`` names, and gives what it says."""
    path = os.environ.get("RVTSIM")
    assert path, "RVTSIM must name the program to compare with"

    def types(*words):
        found = subprocess.run([path, *map(str, words)], capture_output=True, text=True, cwd=ROOT)
        assert found.returncode == 0, found.stderr
        return found.stdout

    return types


def files(folder):
    """Every file of a folder with its bytes."""
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
