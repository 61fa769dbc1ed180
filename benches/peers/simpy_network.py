"""The network of benches/jackson in SimPy: simpy_network.py HORIZON SEED."""
import random
import sys

import simpy

SERVERS = [20, 30, 15, 25, 40]
SERVICE = [1.596, 4.788, 5.985, 12.468, 28.5]
ONWARD = [[(1, 0.5)], [(2, 0.4), (0, 0.1)], [(3, 0.8)], [(4, 0.7)], [(0, 0.1)]]
waited, started, events = [0.0] * 5, [0] * 5, 0


def onward(station):
    u = random.random()
    for following, probability in ONWARD[station]:
        if u < probability:
            return following
        u -= probability
    return None


def case(env, stations):
    global events
    station = 0
    while station is not None:
        asked = env.now
        with stations[station].request() as request:
            yield request
            waited[station] += env.now - asked
            started[station] += 1
            yield env.timeout(random.expovariate(1 / SERVICE[station]))
        events += 1
        station = onward(station)


def arrivals(env, stations):
    global events
    while True:
        yield env.timeout(random.expovariate(10.0))
        events += 1
        env.process(case(env, stations))


random.seed(int(sys.argv[2]))
env = simpy.Environment()
env.process(arrivals(env, [simpy.Resource(env, servers) for servers in SERVERS]))
env.run(until=float(sys.argv[1]))
print(events, *(f"{w / n:.6f}" for w, n in zip(waited, started)))
