"""Contracts and claims at random.

Generation is by a seeded :class:`random.Random` that hypothesis drives, so that thousands of claims
cost one engine run and a failing seed still shrinks and replays.
"""

from tests.pricing.world.claims import Claims
from tests.pricing.world.contracts import Contracts


class World(Contracts, Claims):
    """One seed's contracts and claims."""
