"""The dated parts in which a call is paid."""

from odoo import api, fields, models


class AssociationCallInstalment(models.Model):
    """One dated part of a call that its payer has promised to pay in several times.

    A promise kept apart from the entry, which stays as it was posted: a call is split, re-split or
    set back without touching the accounts. What has been paid goes to the oldest parts first. The
    call's due date is that of the first part still to be paid, so that reminders follow the plan.
    """

    _name = "association.call.instalment"
    _description = "Instalment of a Call"
    _inherit = ["association.part"]
    _order = "date, id"
    _rec_name = "move_id"

    move_id = fields.Many2one(
        "account.move",
        string="Call",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
        check_company=True,
    )
    company_id = fields.Many2one(related="move_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="move_id.commercial_partner_id", store=True, index=True, string="Owed by")
    currency_id = fields.Many2one(related="move_id.currency_id")
    date = fields.Date(string="Expected on", required=True)
    amount = fields.Monetary(required=True)
    open_amount = fields.Monetary(string="Still expected", readonly=True, help="What is not paid yet of this part.")
    is_paid = fields.Boolean(string="Paid", readonly=True)
    is_overdue = fields.Boolean(compute="_compute_is_overdue", string="Late")

    _amount_positive = models.Constraint("CHECK (amount > 0)", "An instalment is more than 0.")
    _expected = models.Index("(date) WHERE open_amount > 0")

    @api.depends("date", "open_amount")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for instalment in self:
            instalment.is_overdue = instalment.open_amount > 0 and instalment.date < today

    def _share_out(self, paid, given_up):
        """Give what has been paid of a call to its parts, the oldest ones first.

        :param given_up: what a credit note, or an entry that brought no money, has taken off it: nothing of
            it is expected any more, of the last parts first, and nobody has paid it.
        """
        expected = {}
        for instalment in reversed(self):
            expected[instalment] = instalment.amount - min(max(given_up, 0), instalment.amount)
            given_up -= instalment.amount
        for instalment in self:
            open_amount = instalment.currency_id.round(expected[instalment] - min(max(paid, 0), expected[instalment]))
            paid -= expected[instalment]
            done = instalment.currency_id.is_zero(open_amount)
            instalment.write({"open_amount": open_amount, "is_paid": done and bool(expected[instalment])})
