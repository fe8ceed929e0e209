"""Hundreds of calls at once, at the price that the accounting engine can be had for."""

from odoo import models


class AssociationMembership(models.Model):
    _inherit = "association.membership"

    def _issue_calls_in_bulk(self, invoice_date=None, due_date=None):
        """Create and post the calls for these memberships, as :meth:`_issue_calls` does, ten times faster.

        The same invoices with the same journal items; what the chatter of an invoice says is shorter.
        Meant for some hundreds of memberships at a time, followed by a commit.

        :param invoice_date: date of the invoices, today by default.
        :param due_date: last day to pay; the company's payment term by default.
        :return: the posted invoices.
        :raise UserError: if one membership cannot be called, with the reasons; none is called then.
        """
        return self.env["account.move"]._create_posted_in_bulk(self._prepare_calls(invoice_date, due_date))
