"""A line of a funding plan: what is spent on something, or what one source pays."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_amount

from ...calculation.funding.indicators import Row


class FundingLine(models.Model):
    """Amounts are those of the plan's period. What is granted and received is said of products only."""

    _name = "funding.line"
    _description = "Line of a Funding Plan"
    _inherit = ["funding.plan.part"]
    _order = "plan_id, side, sequence, id"

    sequence = fields.Integer(default=10)
    account_id = fields.Many2one("funding.account", string="Cerfa line", required=True, ondelete="restrict", index=True)
    side = fields.Selection(related="account_id.side", store=True)
    name = fields.Char(string="Source or expense")
    funder_id = fields.Many2one(
        "res.partner", string="Legal funder", ondelete="restrict", index="btree_not_null", help="Who signs and pays."
    )
    programme_id = fields.Many2one(
        "funding.programme",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('partner_id', '=?', funder_id)]",
    )
    amount_planned = fields.Monetary(string="Planned")
    amount_asked = fields.Monetary(string="Asked")
    amount_granted = fields.Monetary(string="Granted")
    amount_received = fields.Monetary(
        string="Received so far",
        compute="_compute_amount_received",
        store=True,
        readonly=False,
        precompute=True,
        help="What its instalments brought, less what was given back, where it has any; else typed.",
    )
    amount_actual = fields.Monetary(string="Actual", help="At the year's end, for the financial report.")
    probability = fields.Float(
        default=0.0, required=True, help="Of what is planned and not granted yet: it counts for this part of it."
    )
    is_joint = fields.Boolean(string="Joint application")
    note = fields.Char(string="Comment")
    instalment_ids = fields.One2many("funding.instalment", "line_id", string="Instalments", copy=False)

    _not_negative = models.Constraint(
        "CHECK (amount_planned >= 0 AND amount_asked >= 0 AND amount_granted >= 0 AND amount_received >= 0 "
        "AND amount_actual >= 0)",
        "Amounts of a plan are not below 0: enter what is spent under the charges, and what comes in under the products.",
    )
    _probability = models.Constraint("CHECK (probability BETWEEN 0 AND 1)", "A probability lies between 0 % and 100 %.")

    @api.depends("name", "account_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.name or line.funder_id.name or line.account_id.display_name or ""

    @api.depends("instalment_ids.amount_received", "instalment_ids.kind")
    def _compute_amount_received(self):
        for line in self:
            line.amount_received = line._get_received() if line.instalment_ids else line.amount_received

    def _get_received(self):
        """Return what the instalments brought, less what was given back."""
        self.ensure_one()
        back = self.instalment_ids.filtered(lambda one: one.kind == "refund")
        brought = sum((self.instalment_ids - back).mapped("amount_received"))
        return max(brought - sum(back.mapped("amount_received")), 0)

    @api.onchange("programme_id")
    def _onchange_programme_id(self):
        """The programme says whose it is."""
        self.funder_id = self.programme_id.partner_id or self.funder_id
        self.name = self.name or self.programme_id.name

    @api.constrains("amount_granted", "amount_planned")
    def _check_instalments(self):
        """Instalments do not come to more than what is granted, or planned where nothing is granted yet."""
        for line in self:
            parts = line.instalment_ids.filtered(lambda one: one.kind != "refund")
            whole = line.amount_granted or line.amount_planned
            total = sum(parts.mapped("amount"))
            if parts and line.currency_id.compare_amounts(total, whole) > 0:
                raise ValidationError(
                    self.env._(
                        "The instalments of “%(line)s” come to %(total)s, more than the %(whole)s of the grant: correct "
                        "one of them, or the grant.",
                        line=line.display_name,
                        total=format_amount(self.env, total, line.currency_id),
                        whole=format_amount(self.env, whole, line.currency_id),
                    )
                )

    @api.constrains("amount_received")
    def _check_received(self):
        """What came in is said in one place: by the instalments, where a source has any."""
        for line in self.filtered("instalment_ids"):
            if line.currency_id.compare_amounts(line.amount_received, line._get_received()):
                raise ValidationError(
                    self.env._(
                        "“%s” is paid by instalments: say on them what came in, and the source follows.",
                        line.display_name,
                    )
                )

    def _get_kind(self):
        """Return whether a product is ``public``, ``private`` or ``own``: where it stands on the Cerfa."""
        account = self.account_id
        return "public" if account.is_public else "private" if account.parent_id.code == "74" else "own"

    def _get_row(self):
        """Return the :class:`indicators.Row` of a product."""
        self.ensure_one()
        return Row(
            self.display_name,
            self.funder_id.id or None,
            self._get_kind(),
            self.amount_planned,
            self.amount_granted,
            self.probability,
        )

    def _get_keys(self):
        """Return what a scenario may name to touch this line: itself, its funder."""
        self.ensure_one()
        keys = {("line", self.id)}
        return keys | {("funder", self.funder_id.id)} if self.funder_id else keys
