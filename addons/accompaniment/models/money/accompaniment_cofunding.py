"""The part of each co-funder in a mission's price, and what of it was invoiced and paid."""

from odoo import api, fields, models
from odoo.exceptions import UserError


def called_and_paid(move, subtotal):
    """Return what lines of an invoice call before tax, and what of it is paid; a refund takes back, a draft nothing."""
    if move.state != "posted":
        return 0.0, 0.0
    called = get_signed(move, subtotal)
    settled = 1 - move.amount_residual / move.amount_total if move.amount_total else 0
    return called, called * settled


def get_signed(move, subtotal):
    """Return an amount of an invoice before tax, below 0 for a refund."""
    return -subtotal if move.move_type == "out_refund" else subtotal


class AccompanimentCofunding(models.Model):
    """Who pays what of a mission. The parts of a mission sum to its price, to the cent."""

    _name = "accompaniment.cofunding"
    _description = "Part of a Co-funder"
    _inherit = ["accompaniment.mission.part"]
    _order = "mission_id, sequence, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", string="Co-funder", required=True, ondelete="restrict", index=True)
    currency_id = fields.Many2one(related="mission_id.currency_id")
    amount = fields.Monetary(string="Part", required=True, help="Before tax.")
    share = fields.Float(string="Part (%)", compute="_compute_share", digits=(16, 4))
    reference = fields.Char(help="Agreement or order of the co-funder, printed on its invoices.")
    line_ids = fields.One2many("account.move.line", "cofunding_id", string="Invoice lines")
    amount_invoiced = fields.Monetary(string="Invoiced", compute="_compute_invoiced", compute_sudo=True)
    amount_draft = fields.Monetary(
        string="In drafts",
        compute="_compute_invoiced",
        compute_sudo=True,
        help="Invoices that are made, and not posted yet.",
    )
    amount_paid = fields.Monetary(string="Paid", compute="_compute_invoiced", compute_sudo=True)
    amount_to_invoice = fields.Monetary(string="Still to invoice", compute="_compute_invoiced", compute_sudo=True)

    _amount_positive = models.Constraint("CHECK (amount > 0)", "A co-funder pays more than 0: enter its part.")
    _once = models.UniqueIndex("(mission_id, partner_id)", "This co-funder has its part in the mission already.")

    @api.depends("amount", "mission_id.price")
    def _compute_share(self):
        for part in self:
            part.share = part.amount / part.mission_id.price if part.mission_id.price else 0.0

    @api.depends("amount", "line_ids.price_subtotal", "line_ids.parent_state", "line_ids.move_id.amount_residual")
    def _compute_invoiced(self):
        for part in self:
            invoiced = draft = paid = 0.0
            # Not by filtered(): the moves of all parts are read together.
            for line in part.line_ids:
                if line.parent_state == "draft":
                    draft += get_signed(line.move_id, line.price_subtotal)
                elif line.parent_state == "posted":
                    line_invoiced, line_paid = called_and_paid(line.move_id, line.price_subtotal)
                    invoiced += line_invoiced
                    paid += line_paid
            part.amount_invoiced, part.amount_draft, part.amount_paid = invoiced, draft, paid
            part.amount_to_invoice = part.amount - invoiced - draft

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        """Propose what nobody pays yet."""
        if not self.amount:
            self.amount = max(0.0, self.mission_id.amount_to_share)

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.mission_id._check_parts()
        return parts

    def write(self, vals):
        res = super().write(vals)
        if {"amount", "mission_id"} & vals.keys():
            self.mission_id._check_parts()
            self._check_not_below_invoiced()
        return res

    def unlink(self):
        missions = self.mission_id
        res = super().unlink()
        missions._check_parts()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_invoiced(self):
        invoiced = self.sudo().filtered("line_ids")
        if invoiced:
            raise UserError(
                self.env._(
                    "%(names)s was invoiced for this mission: cancel or credit the invoice first.",
                    names=", ".join(invoiced.partner_id.mapped("name")),
                )
            )

    def _check_not_below_invoiced(self):
        for part in self:
            invoiced = part.amount_invoiced + part.amount_draft
            if part.currency_id.compare_amounts(part.amount, invoiced) < 0:
                raise UserError(
                    self.env._(
                        "%(name)s was already invoiced %(invoiced)s: its part cannot be %(amount)s.",
                        name=part.partner_id.name,
                        invoiced=part.currency_id.format(invoiced),
                        amount=part.currency_id.format(part.amount),
                    )
                )
