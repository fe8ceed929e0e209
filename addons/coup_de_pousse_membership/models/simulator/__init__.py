from . import association_fee_simulation
