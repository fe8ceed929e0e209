from . import account_move_line
from . import association_payment_import
from . import association_payment_import_column
from . import association_payment_import_line
from . import association_payment_import_part
from . import res_users
