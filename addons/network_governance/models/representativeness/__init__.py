from . import governance_representativeness
from . import governance_representativeness_document
