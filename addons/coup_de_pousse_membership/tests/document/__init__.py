from . import test_membership_card
from . import test_papers
