from . import association_member_import
from . import association_member_import_column
from . import association_member_import_line
from . import association_member_import_progress
from . import association_member_import_word
from . import association_membership
from . import base
from . import res_users
