from . import test_vote
from . import test_vote_tour
