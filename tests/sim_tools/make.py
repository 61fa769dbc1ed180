"""Writes the numbers with which tests/theory/statistical_stopping.rs and statistical_selection.rs compare.

Made with sim-tools 1.3.0 and NumPy 2.4.6:
    pip install sim-tools==1.3.0 numpy==2.4.6 && python make.py

KN of sim-tools 1.3.0 looks the variance of a pair up at the place of another one when the second
system has the lower number; `Mended` looks it up at its own.
"""

import csv
import warnings

import numpy as np
from sim_tools.output_analysis import ReplicationsAlgorithm
from sim_tools.ovs.indifference_zone import KN

warnings.simplefilter("ignore")


def write(name, header, rows):
    with open(name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


class Recorded:
    """A model whose replications are known."""

    def __init__(self, values):
        self.values = values
        self.seen = np.zeros(values.shape[1], int)

    def register_observer(self, observer):
        self.observer = observer

    def simulate(self, design):
        value = self.values[self.seen[design], design]
        self.seen[design] += 1
        self.observer.feedback(self, design, value)

    def single_run(self, replication_number):
        return {"y": self.values[replication_number, 0]}


class Mended(KN):
    def _limit_to_distance_from_sample_means(self, design_i, design_l):
        index = design_i * (self._k - 1) + design_l - (design_l > design_i)
        variance = self._variance_of_diffs[index]
        return max(0, self._delta / (2 * self._r) * (self._h_squared * variance / self._delta**2 - self._r))


def left_after(procedure):
    """The number of replications after which each system left, 0 for the best."""
    left = [0] * procedure._k
    procedure.reset()
    procedure._initialisation()
    while not procedure._stopping():
        before = set(procedure._contenders)
        procedure._screening()
        for system in before - set(procedure._contenders):
            left[system] = procedure._r
        procedure._sequential_replication()
    return left


rng = np.random.default_rng(1)
common = rng.standard_normal((400, 1))
own = rng.standard_normal((400, 5))
systems = np.round(10 + np.array([0.0, 0.4, 1.0, 0.7, -0.5]) + 2 * common + 1.2 * own, 6)
write("systems.csv", ["a", "b", "c", "d", "e"], systems.tolist())
rows = []
for columns in ([0, 1], [2, 3], [0, 1, 2, 3, 4], [4, 2, 0]):
    for delta, n_0 in ((0.3, 10), (0.5, 20), (0.2, 30)):
        # Unmended where there is but one pair.
        procedure = KN if len(columns) == 2 else Mended
        model = Recorded(systems[:, columns])
        found = left_after(procedure(model, len(columns), delta, alpha=0.05, n_0=n_0))
        rows.append([" ".join(map(str, columns)), delta, n_0, " ".join(map(str, found))])
write("selections.csv", ["columns", "indifference", "first", "left_after"], rows)

rows = []
for column in range(5):
    for precision in (0.2, 0.1, 0.07):
        algorithm = ReplicationsAlgorithm(half_width_precision=precision, initial_replications=3, replication_budget=300)
        found, _ = algorithm.select(Recorded(systems[:, [column]]), ["y"])
        rows.append([column, precision, found["y"]])
write("replications.csv", ["column", "precision", "n"], rows)
