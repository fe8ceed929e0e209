"""Gifts: money, goods, and expenses that volunteers do not ask back."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..common.hold import hold
from .gift_entries import GiftEntries

#: How money came: the words of the tax office's form.
PAYMENT_MODES = [
    ("transfer", "Transfer, direct debit or card"),
    ("cheque", "Cheque"),
    ("cash", "Cash"),
]
#: What does not change once a gift is booked.
FIXED = frozenset(("company_id", "partner_id", "date", "kind", "amount", "waived_on", "expense_ids", "journal_id"))


class AssociationGift(models.Model):
    """What somebody gives: it is booked once, and then does not change.

    A gift that the books know already (a surplus given, a line of the bank, a line of an invoice) makes its record
    by itself: see ``account_move.py``.
    """

    _name = "association.gift"
    _description = "Gift"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Donor",
        required=True,
        ondelete="restrict",
        index=True,
        tracking=True,
        help="Who paid, or gave: the tax receipt is theirs, even where it is for somebody else's membership.",
    )
    member_id = fields.Many2one(
        "association.member",
        string="Beside the membership of",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    date = fields.Date(string="Given on", required=True, default=fields.Date.context_today, tracking=True)
    kind = fields.Selection(
        [("money", "Money"), ("goods", "Goods or services"), ("waived", "Waived expenses")],
        required=True,
        default="money",
        tracking=True,
        help="Goods and services of a company count at what they cost it. A volunteer waives expenses in writing.",
    )
    payment_mode = fields.Selection(PAYMENT_MODES, string="Paid by", default="transfer")
    amount = fields.Monetary(
        compute="_compute_amount", store=True, readonly=False, precompute=True, required=True, tracking=True
    )
    given_back = fields.Monetary(
        string="Value given in return",
        default=0.0,
        required=True,
        help="A meal, a book, a ticket: it is taken off what the receipt states.",
    )
    amount_net = fields.Monetary(string="Given in the end", compute="_compute_amount_net", store=True)
    description = fields.Char(help="What was given; for goods, how they were valued.")
    waived_on = fields.Date(string="Waiver signed on", help="Day on which the volunteer gave up being paid back.")
    expense_ids = fields.One2many("association.gift.expense", "gift_id", string="Expenses", copy=True)
    journal_id = fields.Many2one(
        "account.journal",
        string="Came in on",
        domain="[('type', 'in', ('bank', 'cash')), ('company_id', '=', company_id)]",
        default=lambda self: self.env.company._get_bank_journal(),
        check_company=True,
    )
    state = fields.Selection(
        [("draft", "Draft"), ("booked", "Booked"), ("cancelled", "Cancelled")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    move_id = fields.Many2one(
        "account.move", string="Entry", readonly=True, copy=False, check_company=True, index="btree_not_null"
    )
    payment_id = fields.Many2one(
        "account.payment", readonly=True, copy=False, check_company=True, index="btree_not_null"
    )
    line_id = fields.Many2one("account.move.line", string="Journal item", readonly=True, copy=False, check_company=True)

    _amounts = models.Constraint(
        "CHECK (amount > 0 AND given_back >= 0 AND given_back < amount)",
        "A gift is above 0, and worth more than what is given in return: correct one of the two amounts.",
    )
    _one_line = models.UniqueIndex("(line_id) WHERE line_id IS NOT NULL", "This journal item is a gift already.")
    _mode = models.Constraint(
        "CHECK (kind <> 'money' OR payment_mode IS NOT NULL)", "Say how the money was paid: the receipt states it."
    )

    @api.depends("kind", "expense_ids.amount")
    def _compute_amount(self):
        for gift in self:
            gift.amount = sum(gift.expense_ids.mapped("amount")) if gift.kind == "waived" else gift.amount

    @api.depends("amount", "given_back")
    def _compute_amount_net(self):
        for gift in self:
            gift.amount_net = gift.amount - gift.given_back

    @api.depends("partner_id.name", "amount", "date")
    def _compute_display_name(self):
        for gift in self:
            amount = gift.currency_id.format(gift.amount) if gift.currency_id else ""
            gift.display_name = self.env._("%(amount)s of %(donor)s", amount=amount, donor=gift.partner_id.name or "")

    @api.onchange("journal_id")
    def _onchange_journal_id(self):
        if self.journal_id.type == "cash":
            self.payment_mode = "cash"

    @api.constrains("date")
    def _check_not_ahead(self):
        today = fields.Date.context_today(self)
        for gift in self:
            if gift.date > today:
                raise ValidationError(self.env._("%s lies ahead: a gift is noted once it is there.", gift.display_name))

    @api.constrains("kind", "amount", "expense_ids")
    def _check_waived_amount(self):
        """What a volunteer waives is what the claim lists, to the cent."""
        for gift in self.filtered(lambda gift: gift.kind == "waived" and gift.expense_ids):
            listed = sum(gift.expense_ids.mapped("amount"))
            if gift.currency_id.compare_amounts(listed, gift.amount):
                raise ValidationError(
                    self.env._(
                        "%(gift)s: its expenses come to %(listed)s. Correct them, and the amount follows.",
                        gift=gift.display_name,
                        listed=gift.currency_id.format(listed),
                    )
                )

    # ---- what is booked does not change ----

    def write(self, vals):
        if not self.env.su and not FIXED.isdisjoint(vals):
            self._check_draft()
        return super().write(vals)

    def _check_draft(self):
        fixed = self.filtered(lambda gift: gift.state != "draft")
        if fixed:
            raise UserError(
                self.env._("%s is booked and stays as it is. Cancel it and note it anew.", fixed[0].display_name)
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_booked(self):
        self._check_draft()

    # ---- buttons ----

    def action_book(self):
        """Book these gifts: money as a payment received, waived expenses as an expense and a gift.

        Goods have no entry: they stand under the accounts, as contributions in kind.
        """
        self.check_access("write")
        hold(self)
        self._check_draft()
        self._check_complete()
        GiftEntries(self).book()
        return True

    def _check_complete(self):
        for gift in self:
            if gift.kind == "money" and not gift.journal_id:
                raise UserError(self.env._("%s: say on which account it came in.", gift.display_name))
            if gift.kind == "goods" and not gift.description:
                raise UserError(self.env._("%s: say what was given, and how it is valued.", gift.display_name))
            if gift.kind == "waived" and not (gift.expense_ids and gift.waived_on):
                raise UserError(
                    self.env._(
                        "%s: list the expenses, print the claim, have it signed, and enter the day of the signature.",
                        gift.display_name,
                    )
                )

    def action_cancel(self):
        """Take back a gift that is booked: its entry is reversed, its payment waits to be told apart again."""
        self.check_access("write")
        hold(self)
        if self.filtered(lambda gift: gift.state == "cancelled"):
            raise UserError(self.env._("This gift is cancelled already."))
        GiftEntries(self).take_back()
        return True

    def action_view_entry(self):
        """Open the entry of the gift."""
        self.ensure_one()
        self.check_access("read")
        return self.move_id._get_records_action(name=self.move_id.display_name)
