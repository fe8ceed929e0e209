from . import governance_matrix
from . import governance_scheme
from . import governance_scheme_line
from . import governance_body
