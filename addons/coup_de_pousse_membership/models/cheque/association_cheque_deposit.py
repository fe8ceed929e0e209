"""Deposit slips: cheques taken to the bank together, booked when the slip is validated."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...calculation.common.amount_words import amount_in_words
from ..common.hold import hold


class AssociationChequeDeposit(models.Model):
    """A deposit slip (bordereau de remise de chèques): cheques taken to the bank together.

    Validating it books the cheques on the account of cheques for collection (5112): the members are
    up to date. The bank's line of the same total is later matched with it.
    """

    _name = "association.cheque.deposit"
    _description = "Cheque Deposit Slip"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, help="Given when the slip is validated.")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    journal_id = fields.Many2one(
        "account.journal",
        string="Bank account",
        required=True,
        domain="[('type', '=', 'bank'), ('company_id', '=', company_id)]",
        check_company=True,
        default=lambda self: self.env.company._get_bank_journal(),
    )
    iban = fields.Char(related="journal_id.bank_account_id.acc_number", string="IBAN")
    date = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    cheque_ids = fields.One2many("association.cheque", "deposit_id", string="Cheques")
    cheque_count = fields.Integer(compute="_compute_total", store=True, string="Number of cheques")
    total = fields.Monetary(compute="_compute_total", store=True)
    state = fields.Selection(
        [("draft", "Draft"), ("validated", "Validated")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    move_id = fields.Many2one(
        "account.move",
        string="Entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    is_credited = fields.Boolean(
        compute="_compute_is_credited", string="Credited by the bank", help="The bank's line has been matched with it."
    )

    _number_unique = models.UniqueIndex("(company_id, name) WHERE name IS NOT NULL", "This number is taken.")
    _validated_booked = models.Constraint(
        "CHECK (state = 'draft' OR (name IS NOT NULL AND move_id IS NOT NULL))",
        "A validated deposit slip has a number and an entry.",
    )

    @api.depends("cheque_ids.amount")
    def _compute_total(self):
        for deposit in self:
            deposit.cheque_count = len(deposit.cheque_ids)
            deposit.total = sum(deposit.cheque_ids.mapped("amount"))

    @api.depends("move_id.line_ids.reconciled")
    def _compute_is_credited(self):
        for deposit in self:
            deposit.is_credited = bool(deposit.move_id) and deposit.sudo()._get_waiting_item().reconciled

    @api.depends("name")
    def _compute_display_name(self):
        for deposit in self:
            deposit.display_name = deposit.name or self.env._("Draft slip")

    def write(self, vals):
        if {"date", "journal_id", "company_id", "cheque_ids"} & set(vals):
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_validated(self):
        self._check_draft()

    def _check_draft(self):
        validated = self.filtered(lambda deposit: deposit.state != "draft")
        if validated:
            raise UserError(
                self.env._("The deposit slip %s is validated: it stays as it was given to the bank.", validated[0].name)
            )

    # ---- validation ----

    def action_validate(self):
        """Give the slip its number, and book its cheques: their calls are paid."""
        self.check_access("write")
        hold(self)
        self._check_draft()
        for deposit in self:
            if not deposit.cheque_ids:
                raise UserError(self.env._("This slip has no cheque: add those that you take to the bank."))
            deposit._validate()

    def _validate(self):
        self.ensure_one()
        deposit = self.sudo().with_company(self.company_id)
        commands, pairs = deposit.cheque_ids._prepare_deposit()
        sequence = deposit.company_id._get_cheque_sequence()
        name = sequence.with_context(ir_sequence_date=self.date).next_by_id(sequence_date=self.date)
        move = deposit.env["account.move"].create(deposit._prepare_entry(name, commands))
        deposit.write({"name": name, "move_id": move.id, "state": "validated"})
        move.action_post()
        items = move.line_ids.sorted("id")
        deposit.env["account.move.line"]._reconcile_plan([items[place] | item for place, item in pairs])

    def _prepare_entry(self, name, commands):
        """Return the values of the entry of a slip.

        :param name: its number.
        :param commands: the journal items of its cheques.
        """
        label = self.env._("Cheque deposit %s", name)
        waiting = {
            "name": label,
            "account_id": self.company_id._get_cheque_account().id,
            "currency_id": self.currency_id.id,
            "amount_currency": self.total,
            "balance": self.total,
        }
        return {
            "move_type": "entry",
            "company_id": self.company_id.id,
            "journal_id": self.company_id._get_entry_journal().id,
            "date": self.date,
            "ref": label,
            "line_ids": [*commands, Command.create(waiting)],
        }

    def _get_waiting_item(self):
        """Return the journal item that waits for the bank's line."""
        account = self.company_id.membership_cheque_account_id
        return self.move_id.line_ids.filtered(lambda item: item.account_id == account)

    # ---- print ----

    def _get_total_in_words(self):
        """Return the total in words, in the reader's language: “cent vingt euros et cinq centimes”."""
        self.ensure_one()
        lang = (self.env.lang or "en_US").split("_")[0]
        return amount_in_words(self.total, self.currency_id.name, lang)

    def action_print(self):
        """Print the slips."""
        return self.env.ref("coup_de_pousse_membership.report_cheque_deposit").report_action(self)
