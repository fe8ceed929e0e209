from . import governance_composition
from . import governance_draw
from . import governance_draw_line
from . import governance_officer_mixin
from . import governance_mandate
from . import governance_mandate_check
from . import governance_matrix
from . import governance_scheme
