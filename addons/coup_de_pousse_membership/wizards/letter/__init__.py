from . import association_letter_address_wizard
from . import association_sending_wizard
