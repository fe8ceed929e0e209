"""Invoices to the co-funders of a mission, in Odoo's own accounting."""

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...calculation.money.shares import split


class AccompanimentMission(models.Model):
    _inherit = "accompaniment.mission"

    def action_invoice(self):
        """Make the draft invoices of what is still to invoice, one for each co-funder, and open them."""
        self.ensure_one()
        self._check_invoiceable()
        if self.milestone_ids.filtered(lambda milestone: not milestone.is_invoiced):
            raise UserError(
                self.env._("%(mission)s is invoiced by milestones: use the button of each one.", mission=self.name)
            )
        parts = self.cofunding_ids.filtered(
            lambda part: part.currency_id.compare_amounts(part.amount_to_invoice, 0) > 0
        )
        if not parts:
            raise UserError(self.env._("Everything is invoiced for %(mission)s.", mission=self.name))
        return self._view_invoices(self._make_invoices([(part, part.amount_to_invoice, False) for part in parts]))

    def _invoice_milestone(self, milestone):
        """Make the draft invoices of a milestone: the same percentage of each part, exact in all.

        The milestones of a part sum to it, whatever their rounding: each is a part of one split.
        """
        self.ensure_one()
        self._check_invoiceable()
        if milestone.is_invoiced:
            raise UserError(self.env._("%(name)s is invoiced already.", name=milestone.name))
        percents = self.milestone_ids.mapped("percent")
        if abs(sum(percents) - 100) > 0.005:
            raise UserError(
                self.env._(
                    "The milestones of %(mission)s make %(total)s %% in all: change them so that they make 100 %%.",
                    mission=self.name,
                    total=round(sum(percents), 2),
                )
            )
        rank = list(self.milestone_ids).index(milestone)
        amounts = [
            (part, split(part.amount, percents, self.currency_id.rounding)[rank], milestone)
            for part in self.cofunding_ids
        ]
        return self._make_invoices([row for row in amounts if row[1]])

    def _check_invoiceable(self):
        if not self.env.user.has_group("accompaniment.group_accompaniment_coordinator"):
            raise AccessError(self.env._("The accompaniment coordinator makes the invoices."))
        if self.state not in ("running", "closed"):
            raise UserError(
                self.env._("%(mission)s has not started: start it before you invoice it.", mission=self.name)
            )
        if not self.cofunding_ids:
            raise UserError(
                self.env._("%(mission)s has no co-funder: say who pays before you invoice.", mission=self.name)
            )
        self._check_parts()

    def _make_invoices(self, rows):
        """Create one draft invoice for each co-funder.

        :param rows: list of (part, amount before tax, milestone or False).
        """
        product = self.env.ref("accompaniment.product_accompaniment")
        return self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "company_id": self.company_id.id,
                    "partner_id": part.partner_id.id,
                    "currency_id": self.currency_id.id,
                    "ref": part.reference,
                    "invoice_origin": self.name,
                    "invoice_line_ids": [Command.create(self._prepare_invoice_line(product, part, amount, milestone))],
                }
                for part, amount, milestone in rows
            ]
        )

    def _prepare_invoice_line(self, product, part, amount, milestone):
        label = [
            self.name,
            self.partner_id.name if self.partner_id != part.partner_id else "",
            milestone and milestone.name,
        ]
        return {
            "product_id": product.id,
            "name": " – ".join(filter(None, label)),
            "quantity": 1,
            "price_unit": amount,
            "analytic_distribution": {str(self.sudo().analytic_account_id.id): 100},
            "cofunding_id": part.id,
            "accompaniment_milestone_id": milestone.id if milestone else False,
        }

    def _view_invoices(self, moves):
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_move_out_invoice_type")
        context = {"default_move_type": "out_invoice", "create": False}
        return {**action, "domain": [("id", "in", moves.ids)], "context": context}

    def action_view_invoices(self):
        self.ensure_one()
        return self._view_invoices(self.sudo().cofunding_ids.line_ids.move_id)
