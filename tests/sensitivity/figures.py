"""Outputs of three functions and SALib's indices of them; see README.md."""

import numpy as np
from SALib.analyze import morris, sobol
from SALib.sample import sobol as sobol_sample
from SALib.test_functions import Ishigami, Sobol_G


def table(name, header, rows):
    with open(name, "w") as file:
        file.write(header + "\n")
        for row in rows:
            file.write(",".join(cell if isinstance(cell, str) else repr(float(cell)) for cell in row) + "\n")


def variance(name, inputs, bounds, function):
    names = [f"x{i + 1}" for i in range(inputs)]
    problem = {"num_vars": inputs, "names": names, "bounds": [bounds] * inputs}
    points = sobol_sample.sample(problem, 256, calc_second_order=False, seed=1)
    values = function(points)
    table(f"{name}_outputs.csv", "output", [[value] for value in values])
    found = sobol.analyze(problem, values, calc_second_order=False, num_resamples=2000, seed=1)
    rows = zip(names, found["S1"], found["S1_conf"], found["ST"], found["ST_conf"])
    table(f"{name}_salib.csv", "input,first,first_half_width,total,total_half_width", rows)


def bent(points):
    w = 2 * (points - 0.5)
    for i in (2, 4, 6):
        w[:, i] = 2 * (1.1 * points[:, i] / (points[:, i] + 0.1) - 0.5)
    return w


def products(w, order):
    """The sum over all sets of `order` columns of their products."""
    sums = [np.ones(len(w))] + [np.zeros(len(w))] * order
    for column in w.T:
        for degree in range(order, 0, -1):
            sums[degree] = sums[degree] + column * sums[degree - 1]
    return sums[order]


def trajectories():
    """Calcifate's own points (seed 5, 20 trajectories, 4 levels, 20 inputs), first 20 columns."""
    points = np.loadtxt("morris_points.csv", delimiter=",", skiprows=1)[:, :20]
    w = bent(points)
    values = (20 * products(w[:, :10], 1) - 15 * products(w[:, :6], 2)
              - 10 * products(w[:, :5], 3) + 5 * products(w[:, :4], 4))
    names = [f"x{i + 1}" for i in range(20)]
    table("morris_points.csv", ",".join(names) + ",output", np.column_stack([points, values]))
    problem = {"num_vars": 20, "names": names, "bounds": [[0, 1]] * 20}
    found = morris.analyze(problem, points, values, num_levels=4, seed=1)
    table("morris_salib.csv", "mu,mu_star,sigma", zip(found["mu"], found["mu_star"], found["sigma"]))


variance("ishigami", 3, [-np.pi, np.pi], Ishigami.evaluate)
variance("sobol_g", 8, [0, 1], Sobol_G.evaluate)
trajectories()
