"""A cluster of two processes, one of which dies."""

import os
import signal

import pytest
from conftest import files
from distributed import Client, LocalCluster

import rvtsim
import rvtsim.dask


@pytest.fixture
def client():
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            yield client


def test_a_sweep_is_whole_after_a_worker_was_killed(sweep_file, client, tmp_path):
    scenario = rvtsim.load(sweep_file, points=8)
    pids = client.run(os.getpid)
    assert len(pids) == 2
    victim, killed, told, under_way = list(pids.values())[0], [], [], []

    def kill_in_the_middle(share):
        told.append(share)
        under_way.append(len(client.futures))
        if share > 0.3 and not killed:
            os.kill(victim, signal.SIGKILL)
            killed.append(share)

    folder = rvtsim.dask.sweep(scenario, client, tmp_path / "dask" / "sweep", n_points=2, progress=kill_in_the_middle)
    assert killed and killed[0] < 0.6 and told[-1] == 1
    # Two parts a thread are with the scheduler, and the one that has just come back, however many there are.
    assert len(told) == 20 and max(under_way) <= 2 * 2 + 1
    assert victim not in client.run(os.getpid).values()
    assert files(folder) == files(rvtsim.sweep_to(scenario, tmp_path / "alone" / "sweep"))


def test_an_interrupted_sweep_goes_on(sweep_file, client, tmp_path):
    scenario = rvtsim.load(sweep_file, points=2)

    def give_up(share):
        if share > 0.4:
            raise KeyboardInterrupt

    folder = tmp_path / "dask" / "sweep"
    with pytest.raises(KeyboardInterrupt):
        rvtsim.dask.sweep(scenario, client, folder, n_points=1, progress=give_up)
    assert 0 < len(rvtsim.parts(scenario, folder, resume=True, n_points=1)) < scenario.n_points
    rvtsim.dask.sweep(scenario, client, folder, n_points=1, resume=True)
    assert files(folder) == files(rvtsim.sweep_to(scenario, tmp_path / "alone" / "sweep"))
