from . import governance_representativeness
from . import governance_body
