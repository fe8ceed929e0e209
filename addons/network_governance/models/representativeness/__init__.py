from . import governance_representation
from . import governance_representativeness
from . import governance_body
