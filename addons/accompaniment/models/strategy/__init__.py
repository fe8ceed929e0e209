from . import funding_objective
from . import funding_objective_point
from . import association_commitment
