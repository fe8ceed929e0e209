from . import association_departure_wizard
