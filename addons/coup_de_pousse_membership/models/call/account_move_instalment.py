from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import float_repr
from odoo.tools.date_utils import add

from ...calculation.common.amounts import split


class AccountMove(models.Model):
    _inherit = "account.move"

    instalment_ids = fields.One2many("association.call.instalment", "move_id", string="Instalments", copy=False)

    def action_plan_instalments(self):
        """Open the window that splits a call into dated parts."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pay in several times"),
            "res_model": "association.instalment.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_move_id": self.id},
        }

    def _plan_instalments(self, count, first, months=1):
        """Split what a call has due into equal dated parts, in place of an older plan.

        :param count: number of parts; 1 sets the call back to a single date.
        :param first: day of the first part; the others follow every so many months.
        """
        self.ensure_one()
        self.check_access("read")
        if not (self.is_membership_call and self.state == "posted" and self.amount_residual > 0):
            raise UserError(self.env._("%s has nothing due that could be paid in several times.", self.name or ""))
        unit = Decimal(str(self.currency_id.rounding))
        due = Decimal(float_repr(self.amount_residual, self.currency_id.decimal_places))
        call = self.sudo()
        call.instalment_ids.unlink()
        paid = self.currency_id.round(self.amount_total - self.amount_residual)
        vals_list = [
            {"move_id": self.id, "date": add(first, months=months * place), "amount": float(part)}
            for place, part in enumerate(split(due, [Decimal(1)] * count, unit))
        ]
        if paid:
            # What is paid already stands as a first part, so that parts sum to the call.
            vals_list.insert(0, {"move_id": self.id, "date": min(first, self.invoice_date), "amount": paid})
        self.env["association.call.instalment"].sudo().create(vals_list)
        call._sync_instalments()

    def _sync_instalments(self):
        """Say which instalments are paid, and set the due date to the first one that is not."""
        for move in self.filtered("instalment_ids"):
            currency = move.currency_id
            rest = move.amount_total - move.amount_residual
            for instalment in move.instalment_ids:
                given = min(max(rest, 0), instalment.amount)
                rest -= instalment.amount
                open_amount = currency.round(instalment.amount - given)
                instalment.write({"open_amount": open_amount, "is_paid": currency.is_zero(open_amount)})
            expected = move.instalment_ids.filtered(lambda instalment: not instalment.is_paid)[:1]
            due = (expected or move.instalment_ids[-1:]).date
            if move.state == "posted" and move.invoice_date_due != due:
                terms = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
                terms.with_context(skip_invoice_sync=True).date_maturity = due
                move.with_context(skip_invoice_sync=True).invoice_date_due = due
