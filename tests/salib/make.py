"""Writes the numbers with which tests/theory/statistical_sensitivity.rs compares.

Made with SALib 1.6.0 and NumPy 2.4.6:
    pip install SALib==1.6.0 numpy==2.4.6 && python make.py
"""

import csv

import numpy as np
from SALib.analyze import morris as morris_analysis
from SALib.analyze import sobol as sobol_analysis
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample
from SALib.test_functions import Ishigami

UNIT = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[0, 1]] * 3}


def ishigami(points):
    return Ishigami.evaluate(-np.pi + 2 * np.pi * points)


def write(name, header, rows):
    with open(name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([[repr(float(x)) if isinstance(x, float) else x for x in row] for row in rows])


indices = []

points = sobol_sample.sample(UNIT, 32, calc_second_order=True, seed=1)
values = ishigami(points)
write("sobol.csv", ["y"], [[float(y)] for y in values])
found = sobol_analysis.analyze(UNIT, values, calc_second_order=True, seed=1)
for i in range(3):
    indices.append(["first", i, "", float(found["S1"][i])])
    indices.append(["total", i, "", float(found["ST"][i])])
    for j in range(i + 1, 3):
        indices.append(["pair", i, j, float(found["S2"][i, j])])

points = morris_sample.sample(UNIT, 20, num_levels=6, seed=1)
values = ishigami(points)
write("morris.csv", ["x1", "x2", "x3", "y"], [[*map(float, x), float(y)] for x, y in zip(points, values)])
found = morris_analysis.analyze(UNIT, points, values, num_levels=6, seed=1)
for i in range(3):
    indices.append(["mu", i, "", float(found["mu"][i])])
    indices.append(["mu_star", i, "", float(found["mu_star"][i])])
    indices.append(["sigma", i, "", float(found["sigma"][i])])

write("indices.csv", ["index", "factor", "other", "value"], indices)
