"""Cheques received: noted, deposited, and perhaps sent back by the bank."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ...calculation.common.oldest_first import settle
from ..call.open_calls import OPEN_CALLS
from ..common.hold import hold


class AssociationCheque(models.Model):
    """A cheque received, from the day it arrives to the bank's answer."""

    _name = "association.cheque"
    _description = "Cheque Received"
    _inherit = ["mail.thread"]
    _order = "received_on desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    number = fields.Char(string="Cheque number")
    bank = fields.Char(string="Drawn on", help="Bank printed on the cheque.")
    partner_id = fields.Many2one(
        "res.partner", string="Drawer", required=True, ondelete="restrict", index=True, help="Whose account pays."
    )
    drawer_name = fields.Char(
        compute="_compute_drawer_name", store=True, readonly=False, help="Name printed on the cheque."
    )
    amount = fields.Monetary(required=True, tracking=True)
    received_on = fields.Date(required=True, default=fields.Date.context_today)
    move_ids = fields.Many2many(
        "account.move",
        string="Pays the calls",
        domain=OPEN_CALLS,
        help="The oldest due first. Empty: the open calls of the drawer.",
        check_company=True,
    )
    deposit_id = fields.Many2one(
        "association.cheque.deposit",
        string="Deposit slip",
        index=True,
        ondelete="set null",
        copy=False,
        tracking=True,
        check_company=True,
    )
    state = fields.Selection(
        [("received", "Received"), ("deposited", "Deposited"), ("bounced", "Bounced")],
        compute="_compute_state",
        store=True,
        tracking=True,
    )
    bounced_on = fields.Date(readonly=True, copy=False)
    bounce_reason = fields.Char(readonly=True, copy=False, tracking=True)
    bounce_move_id = fields.Many2one(
        "account.move", string="Entry of the bounce", readonly=True, copy=False, check_company=True
    )
    item_ids = fields.One2many("account.move.line", "cheque_id", string="Journal items")

    _amount_positive = models.Constraint("CHECK (amount > 0)", "A cheque is for more than 0.")
    _bounced_dated = models.Constraint(
        "CHECK ((bounced_on IS NULL) = (bounce_reason IS NULL))", "A bounced cheque has a day and a reason."
    )

    @api.depends("partner_id")
    def _compute_drawer_name(self):
        for cheque in self:
            cheque.drawer_name = cheque.partner_id.commercial_partner_id.name or cheque.partner_id.name

    @api.depends("deposit_id.state", "bounced_on")
    def _compute_state(self):
        for cheque in self:
            deposited = cheque.deposit_id.state == "validated"
            cheque.state = "bounced" if cheque.bounced_on else "deposited" if deposited else "received"

    @api.depends("number", "drawer_name", "amount")
    def _compute_display_name(self):
        for cheque in self:
            number = self.env._("Cheque %s", cheque.number) if cheque.number else self.env._("Cheque")
            cheque.display_name = " – ".join(filter(None, (number, cheque.drawer_name)))

    @api.onchange("move_ids")
    def _onchange_move_ids(self):
        """Propose the drawer and the amount of the calls chosen."""
        if self.move_ids:
            self.partner_id = self.partner_id or self.move_ids[0].commercial_partner_id
            self.amount = self.amount or sum(self.move_ids.mapped("amount_residual"))

    def write(self, vals):
        if {"amount", "partner_id", "move_ids", "company_id", "deposit_id"} & set(vals):
            self._check_not_deposited()
        return super().write(vals)

    @api.constrains("deposit_id", "company_id")
    def _check_deposit_open(self):
        for cheque in self:
            if cheque.deposit_id and cheque.deposit_id.company_id != cheque.company_id:
                raise ValidationError(
                    self.env._("%s: its deposit slip is of another association.", cheque.display_name)
                )
        if self.deposit_id.filtered(lambda deposit: deposit.state == "validated"):
            raise ValidationError(self.env._("A deposit slip that is validated takes no other cheque: make a new one."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_deposited(self):
        self._check_not_deposited()

    def _check_not_deposited(self):
        deposited = self.filtered(lambda cheque: cheque.state != "received")
        if deposited:
            raise UserError(
                self.env._(
                    "%(cheque)s was deposited on the slip %(slip)s: it stays as it is. If the bank sent it back, press "
                    "“Bounced”.",
                    cheque=deposited[0].display_name,
                    slip=deposited[0].deposit_id.name,
                )
            )

    # ---- deposit ----

    def action_deposit(self):
        """Gather the selected cheques on a new deposit slip."""
        self.check_access("write")
        hold(self)
        self._check_not_deposited()
        placed = self.filtered("deposit_id")
        if placed:
            raise UserError(self.env._("%s is on a deposit slip already. Take it off first.", placed[0].display_name))
        deposit = self.env["association.cheque.deposit"].create(
            {"company_id": self.company_id.id, "cheque_ids": [Command.set(self.ids)]}
        )
        return deposit._get_records_action(context={})

    def _prepare_deposit(self):
        """Return ``(commands, pairs)``: the receivable items of an entry, and what each settles.

        Each pair is (place in the commands, open item). What a cheque pays too much stays on its
        drawer's account.
        """
        open_items = self._get_open_items()
        left = {item: item.amount_residual_currency for items in open_items.values() for item in items}
        commands, pairs = [], []
        for cheque in self.sorted("id"):
            parts, rest = settle(cheque.amount, open_items[cheque], left, cheque.currency_id.round)
            for item, amount in parts:
                pairs.append((len(commands), item))
                commands.append(cheque._prepare_item(item.account_id, item.partner_id, -amount))
            if rest:
                payer = cheque.partner_id.commercial_partner_id
                account = payer.with_company(cheque.company_id).property_account_receivable_id
                commands.append(cheque._prepare_item(account, payer, -rest))
        return commands, pairs

    def _prepare_item(self, account, partner, amount):
        return Command.create(
            {
                "name": self.display_name,
                "account_id": account.id,
                "partner_id": partner.id,
                "currency_id": self.currency_id.id,
                "amount_currency": amount,
                "balance": amount,
                "cheque_id": self.id,
            }
        )

    def _get_open_items(self):
        """Return {cheque: open items of its calls, else of its drawer's, the oldest due first}."""
        payers = self.filtered(lambda cheque: not cheque.move_ids).partner_id.commercial_partner_id
        Item = self.env["account.move.line"].sudo()
        items = Item.search(
            [
                "|",
                ("move_id", "in", self.move_ids.ids),
                *("&", ("partner_id", "in", payers.ids), ("move_id.line_ids.membership_id", "!=", False)),
                ("move_id.move_type", "=", "out_invoice"),
                ("company_id", "in", self.company_id.ids),
                ("currency_id", "in", self.currency_id.ids),
                ("parent_state", "=", "posted"),
                ("account_type", "=", "asset_receivable"),
                ("reconciled", "=", False),
                ("balance", ">", 0),
            ],
            order="date_maturity, id",
        )
        found = {}
        for cheque in self:
            payer = cheque.partner_id.commercial_partner_id
            if cheque.move_ids:
                found[cheque] = items.filtered(lambda item, cheque=cheque: item.move_id in cheque.move_ids)
            else:
                found[cheque] = items.filtered(lambda item, payer=payer: item.partner_id.commercial_partner_id == payer)
        return found

    # ---- bounce ----

    def action_bounce(self):
        """Open the window that asks when and why the bank sent this cheque back."""
        self.ensure_one()
        return self.env["association.cheque.bounce.wizard"]._get_records_action(
            name=self.env._("Cheque sent back by the bank"), target="new", context={"default_cheque_id": self.id}
        )

    def _bounce(self, day, reason):
        """Take a deposited cheque back: its calls are owed again, the bank takes the sum from us."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        if self.state != "deposited":
            raise UserError(self.env._("Only a cheque that is deposited can bounce."))
        cheque = self.sudo().with_company(self.company_id)
        items = cheque.item_ids
        items.remove_move_reconcile()
        move = cheque.env["account.move"].create(cheque._prepare_bounce(day, reason))
        move.action_post()
        again = move.line_ids.sorted("id")[: len(items)]
        cheque.env["account.move.line"]._reconcile_plan(
            [item | other for item, other in zip(items, again, strict=True)]
        )
        cheque.write({"bounced_on": day, "bounce_reason": reason, "bounce_move_id": move.id})

    def _prepare_bounce(self, day, reason):
        """Return the values of the entry that undoes what the deposit has booked of this cheque."""
        commands = [self._prepare_item(item.account_id, item.partner_id, -item.balance) for item in self.item_ids]
        account = self.company_id._get_cheque_account()
        commands.append(self._prepare_item(account, self.partner_id.commercial_partner_id, -self.amount))
        # The items of the entry are not the cheque's own: a second bounce would find them.
        for command in commands:
            command[2]["cheque_id"] = False
        return {
            "move_type": "entry",
            "company_id": self.company_id.id,
            "journal_id": self.company_id._get_entry_journal().id,
            "date": day,
            "ref": self.env._("Bounced: %(cheque)s, %(reason)s", cheque=self.display_name, reason=reason),
            "line_ids": commands,
        }
