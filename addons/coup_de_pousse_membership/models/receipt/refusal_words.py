"""Why a payment has no receipt, in a sentence that says what to do."""


class RefusalWords:
    """Says the reasons of ``calculation/receipt/refusals.py``.

    :param env: the environment of who reads.
    """

    def __init__(self, env):
        self.env = env

    def say(self, entry):
        """Return why an entry has no receipt; empty where it may have one."""
        sentences = {
            "off": self.env._("This association issues no tax receipts (settings of Memberships)."),
            "counterpart": self.env._("It gives access to services: what is given in return excludes a receipt."),
            "receipt": self.env._("Receipt %s states it.", entry.payment.receipt),
            "undone": self.env._("Its entry was taken back."),
            "unpaid": self.env._("It is not paid."),
            "public": self.env._("A public body has no tax to reduce."),
            "fees": self.env._("Membership fees give no right to a receipt here (settings of Memberships)."),
            "individuals": self.env._("No receipts for individuals here (settings of Memberships)."),
            "companies": self.env._("No receipts for companies here (settings of Memberships)."),
            "returned": self.env._("What was given in return is worth as much."),
            "archived": self.env._("The contact is archived: restore it, or say who paid."),
            "unnamed": self.env._("The contact has no name."),
            "address": self.env._("The address is not complete: street, postcode and town are compulsory."),
        }
        return sentences[entry.reason] if entry.reason else ""
