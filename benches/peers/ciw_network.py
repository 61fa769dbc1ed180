"""The network of benches/jackson in Ciw: ciw_network.py HORIZON SEED."""
import sys

import ciw

horizon, seed = float(sys.argv[1]), int(sys.argv[2])
service = [1.596, 4.788, 5.985, 12.468, 28.5]
network = ciw.create_network(
    arrival_distributions=[ciw.dists.Exponential(rate=10.0)] + [None] * 4,
    service_distributions=[ciw.dists.Exponential(rate=1 / mean) for mean in service],
    number_of_servers=[20, 30, 15, 25, 40],
    routing=[
        [0.0, 0.5, 0.0, 0.0, 0.0],
        [0.1, 0.0, 0.4, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.8, 0.0],
        [0.0, 0.0, 0.0, 0.0, 0.7],
        [0.1, 0.0, 0.0, 0.0, 0.0],
    ],
)
ciw.seed(seed)
simulation = ciw.Simulation(network)
simulation.simulate_until_max_time(horizon)
waits = [[] for _ in service]
for record in simulation.get_all_records():
    waits[record.node - 1].append(record.waiting_time)
# Every record is a service that ended; arrivals are counted by the node before the first.
events = sum(map(len, waits)) + simulation.nodes[0].number_of_individuals
print(events, *(f"{sum(node) / len(node):.6f}" for node in waits))
