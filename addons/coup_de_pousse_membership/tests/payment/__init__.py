from . import test_payment_calls
from . import test_payment_elsewhere
from . import test_payment_files
from . import test_payment_formats
from . import test_payment_import
from . import test_payment_lock
from . import test_payment_reading
