from . import membership_card
