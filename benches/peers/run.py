#!/usr/bin/env python3
"""The queueing network of benches/jackson in the engines that an analyst would otherwise use.

    benches/peers/run.py [--home FOLDER] [--rounds N] [--scale X]

Installs SimPy, Ciw, odem-rs and NexoSim at pinned versions in FOLDER (outside the repository),
builds rvtsim's own networks, runs everything in turns, checks that the waits are right, and
prints a table. Only ratios within one table mean anything.

Every program takes a horizon and a seed and prints its number of events and five mean waits.
Its time is processor time of its own (user time), and that of a run of full length less that of one of a tenth of it:
start-up and imports cancel out. Rounds take the programs in turn, so that a busy moment hits
all; a figure is the median of its rounds. An event is an arrival from outside or the end of a service.

The check: over the rounds, each engine's mean wait at each station must lie within z standard
errors of the exact one (Erlang C). z is such that all of them together raise a false alarm once
in a thousand times; the error follows from the spread over the loop by hand's runs of that length.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PYTHON_PEERS = ["simpy==4.1.2", "ciw==3.2.7"]
# A long run of each takes some seconds [units of the network's time].
HORIZONS = {
    "by hand": 300_000,
    "rvtsim, bare": 300_000,
    "rvtsim, full": 300_000,
    "odem-rs 0.4.0": 300_000,
    "NexoSim 1.0.0": 60_000,
    "SimPy 4.1.2": 20_000,
    "Ciw 3.2.7": 10_000,
}
# Runs by hand from which the spread of a mean wait is learned.
SPREAD_RUNS = 100
# How often the check may fail by chance.
FALSE_ALARM = 0.001


def shell(*words, **more):
    subprocess.run([str(word) for word in words], check=True, **more)


def install(home):
    """Builds and installs everything; returns the commands."""
    home.mkdir(parents=True, exist_ok=True)
    python = home / "venv" / "bin" / "python"
    if not python.exists():
        shell(sys.executable, "-m", "venv", home / "venv")
    shell(python, "-m", "pip", "install", "--quiet", *PYTHON_PEERS)
    target = home / "target"
    for peer in ["odem_rs", "nexosim"]:
        manifest = HERE / peer / "Cargo.toml"
        shell("cargo", "build", "--quiet", "--release", "--locked", "--manifest-path", manifest, "--target-dir", target)
    built = subprocess.run(
        ["cargo", "bench", "--locked", "--bench", "workload", "--no-run", "--message-format=json"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout
    artifacts = (json.loads(line) for line in built.splitlines() if line.startswith("{"))
    ours = next(
        one["executable"]
        for one in artifacts
        if one["reason"] == "compiler-artifact" and one["target"]["name"] == "workload" and one["executable"]
    )
    return {
        "by hand": [ours, "network", "by-hand"],
        "rvtsim, bare": [ours, "network", "bare"],
        "rvtsim, full": [ours, "network", "full"],
        "odem-rs 0.4.0": [str(target / "release" / "odem_rs_network")],
        "NexoSim 1.0.0": [str(target / "release" / "nexosim_network")],
        "SimPy 4.1.2": [str(python), str(HERE / "simpy_network.py")],
        "Ciw 3.2.7": [str(python), str(HERE / "ciw_network.py")],
        "theory": [ours, "network", "theory"],
    }


def measure(command, *arguments):
    """Events, waits, the program's own processor time [s] and memory [MB] of one run."""
    process = subprocess.Popen([*command, *map(str, arguments)], stdout=subprocess.PIPE, text=True)
    words = process.stdout.read().split()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0 or len(words) != 6:
        sys.exit(f"{command[-1]} failed")
    waits = [float(word) for word in words[1:]]
    return int(words[0]), waits, usage.ru_utime, usage.ru_maxrss / 1024


def spreads(commands, horizons):
    """The standard deviation of a mean wait over runs of one length, for each length and station."""
    found = {}
    for horizon in sorted(set(horizons.values())):
        runs = [measure(commands["by hand"], horizon, 1_000 + seed)[1] for seed in range(SPREAD_RUNS)]
        found[horizon] = [statistics.stdev(wait) for wait in zip(*runs)]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=Path.home() / ".cache" / "rvtsim-peers")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scale", type=float, default=1.0, help="run so much longer or shorter")
    options = parser.parse_args()
    horizons = {name: options.scale * horizon for name, horizon in HORIZONS.items()}
    commands = install(options.home)
    exact = measure(commands["theory"])[1]
    rows = {name: [] for name in horizons}
    for seed in range(1, options.rounds + 1):
        for name, horizon in horizons.items():
            short, long = (measure(commands[name], at, seed) for at in (horizon / 10, horizon))
            nanoseconds = (long[2] - short[2]) / (long[0] - short[0]) * 1e9
            rows[name].append((nanoseconds, long[1], long[3], long[0]))
    spread = spreads(commands, horizons)
    n_checks = len(horizons) * len(exact)
    z_limit = statistics.NormalDist().inv_cdf(1 - FALSE_ALARM / n_checks / 2)
    ours = statistics.median(row[0] for row in rows["rvtsim, full"])
    floor = statistics.median(row[0] for row in rows["by hand"])
    print("| Program | Million events | ns per event | (range) | By hand = 1 | rvtsim full = 1 | MB | Largest z of a mean wait |")
    print("|:--|--:|--:|--:|--:|--:|--:|--:|")
    is_right = True
    for name, found in rows.items():
        times = [row[0] for row in found]
        z = max(
            abs(statistics.mean(row[1][station] for row in found) - exact[station])
            / (spread[horizons[name]][station] / len(found) ** 0.5)
            for station in range(len(exact))
        )
        is_right &= z <= z_limit
        middle = statistics.median(times)
        print(
            f"| {name} | {found[0][3] / 1e6:.1f} | {middle:,.0f} | {min(times):,.0f}–{max(times):,.0f}"
            f" | {middle / floor:,.2f} | {middle / ours:,.2f} | {max(row[2] for row in found):,.0f} | {z:.1f} |"
        )
    print(f"\nMean waits by Erlang C: {exact}; a z above {z_limit:.1f} would be a fault.")
    sys.exit(0 if is_right else "a mean wait is wrong")


if __name__ == "__main__":
    main()
