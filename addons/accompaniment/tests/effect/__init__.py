from . import test_effects
from . import test_review_page
