from . import association_letter_address_wizard
