from . import governance_declaration
from . import governance_declaration_line
from . import governance_body
