from . import funding_grant
from . import funding_grant_import
from . import res_partner
