from . import test_import
from . import test_import_files
from . import test_import_history
from . import test_import_job
from . import test_import_programs
from . import test_import_questions
from . import test_import_safety
