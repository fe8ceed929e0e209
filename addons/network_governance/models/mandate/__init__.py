from . import governance_officer_mixin
from . import governance_mandate
from . import governance_office
from . import governance_seat
from . import governance_body
from . import governance_draw
from . import governance_draw_line
from . import res_partner
