"""The recipients of a campaign: what each is called for or why not, corrected and left out in the preview."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..common.optional_number import OptionalFloat
from .preview import CampaignPreview

PROBLEMS = [
    ("left", "Has left"),
    ("archived", "File archived"),
    ("already_called", "Already called"),
    ("other_campaign", "Called by another campaign"),
    ("running", "Membership still running"),
    ("draft_call", "A draft call exists"),
    ("not_admitted", "Not admitted"),
    ("category_missing", "No category"),
    ("figure_missing", "Figure not known"),
    ("founded_missing", "Date of foundation not known"),
    ("territory_missing", "No territory"),
    ("chosen_amount", "Amount chosen out of bounds"),
    ("no_rule", "No rule of the grid fits"),
    ("no_address", "No address"),
    ("changed", "Changed since the preview"),
    ("busy", "In use by somebody else"),
    ("error", "The call failed"),
]
#: What the preview finds out: fixed once the campaign is launched.
PREVIEWED = {
    "campaign_id",
    "member_id",
    "category_id",
    "territory_id",
    "payer_id",
    "quoted_amount",
    "amount",
    "entry_fee",
    "adjust_reason",
    "exclude_reason",
    "rule_id",
    "basis",
    "basis_value",
    "quote_sentence",
    "membership_from",
    "membership_to",
    "previous_membership_id",
    "previous_amount",
}
#: What only the campaign itself writes.
RESULTS = {
    "state",
    "problem",
    "reason",
    "membership_id",
    "move_id",
    "known_membership_id",
    "recognised",
    "processed_on",
}
#: In the context under ``association_campaign_merge``: two files become one. An object, so that no caller from
#: outside can send it.
MERGING = object()
#: What the treasurer corrects in the preview.
CORRECTED = {"amount", "adjust_reason", "payer_id"}
#: Problems that one dialog can fix: its field.
FIXED_BY = {
    "category_missing": "category_id",
    "figure_missing": "figure",
    "founded_missing": "founded_on",
    "territory_missing": "territory_id",
    "chosen_amount": "chosen_amount",
    "no_address": "email",
}


class AssociationCampaignLine(models.Model):
    """One member in a campaign: what it is called for, or why it is not."""

    _name = "association.campaign.line"
    _description = "Recipient of a Membership Campaign"
    _inherit = ["association.part"]
    _order = "campaign_id, id"
    _rec_name = "partner_id"

    campaign_id = fields.Many2one(
        "association.campaign", required=True, ondelete="cascade", index=True, check_company=True
    )
    campaign_state = fields.Selection(related="campaign_id.state", string="State of the campaign")
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    member_id = fields.Many2one(
        "association.member",
        string="Member's file",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    partner_id = fields.Many2one(related="member_id.partner_id", string="Member", store=True, index=True)
    category_id = fields.Many2one("association.category", readonly=True, check_company=True)
    territory_id = fields.Many2one("association.territory", readonly=True)
    payer_id = fields.Many2one(
        "res.partner",
        string="Paid by",
        index=True,
        help="Who receives the call: the member itself, or its head office.",
    )
    state = fields.Selection(
        [
            ("ready", "To be called"),
            ("refused", "Cannot be called"),
            ("excluded", "Left out"),
            ("called", "Called"),
            ("failed", "Set aside"),
        ],
        default="ready",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    problem = fields.Selection(PROBLEMS, readonly=True, copy=False)
    reason = fields.Char(string="Remark", readonly=True, copy=False, help="Why it cannot be called, or what happened.")
    quoted_amount = fields.Monetary(string="Fee of the grid", readonly=True)
    amount = fields.Monetary(string="Fee")
    entry_fee = fields.Monetary(readonly=True)
    total = fields.Monetary(compute="_compute_total", store=True, help="Fee and entry fee, before tax.")
    adjust_reason = fields.Char(string="Why another fee", help="Needed where the fee is not the one of the grid.")
    exclude_reason = fields.Char(string="Why left out", readonly=True)
    rule_id = fields.Many2one("association.fee.rule", ondelete="restrict", readonly=True, check_company=True)
    basis = fields.Selection(selection="_selection_basis", string="According to", readonly=True)
    basis_value = OptionalFloat(string="Figure", digits=(16, 2), readonly=True)
    quote_sentence = fields.Char(string="Explanation", readonly=True)
    explanation = fields.Char(
        compute="_compute_explanation",
        string="Explanation or remark",
        help="Why the member is left out or cannot be called, or what happened; else how the fee was found.",
    )
    membership_from = fields.Date(string="From", readonly=True)
    membership_to = fields.Date(string="Until", readonly=True)
    previous_membership_id = fields.Many2one(
        "association.membership",
        string="Last membership",
        ondelete="set null",
        readonly=True,
        check_company=True,
    )
    previous_amount = fields.Monetary(string="Last fee", readonly=True)
    difference = fields.Monetary(
        compute="_compute_difference", store=True, help="Fee compared with the last one; nothing for who had none."
    )
    known_membership_id = fields.Many2one(
        "association.membership",
        string="Membership found",
        ondelete="set null",
        readonly=True,
        index="btree_not_null",
        help="Membership over these days that was there before the campaign.",
        check_company=True,
    )
    membership_id = fields.Many2one(
        "association.membership", ondelete="restrict", copy=False, readonly=True, check_company=True
    )
    move_id = fields.Many2one(
        "account.move", string="Call", copy=False, readonly=True, index="btree_not_null", check_company=True
    )
    recognised = fields.Boolean(
        string="Called by hand", readonly=True, help="The call was issued before, outside the campaign."
    )
    processed_on = fields.Datetime(string="Called at", readonly=True, index="btree_not_null")

    _one_line_a_member = models.UniqueIndex("(campaign_id, member_id)", "This member is already in the campaign.")
    _one_line_a_membership = models.UniqueIndex(
        "(membership_id) WHERE membership_id IS NOT NULL", "This membership is already called by a campaign."
    )
    _next_to_call = models.Index("(campaign_id, payer_id, id) WHERE state = 'ready'")
    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0 AND entry_fee >= 0)", "A fee cannot be negative: write 0 for a free membership."
    )
    _other_fee_explained = models.Constraint(
        "CHECK (amount = quoted_amount OR TRIM(COALESCE(adjust_reason, '')) <> '')",
        "Say why the fee is not the one of the grid: fill in “Why another fee” on the same line.",
    )
    _exclusion_explained = models.Constraint(
        "CHECK (state <> 'excluded' OR TRIM(COALESCE(exclude_reason, '')) <> '')",
        "Say why the member is left out of the campaign.",
    )
    _called_with_membership = models.Constraint(
        "CHECK (state <> 'called' OR membership_id IS NOT NULL)", "Who is called has a membership."
    )

    @api.model
    def _selection_basis(self):
        return self.env["association.fee.rule"]._selection_basis()

    @api.depends("state", "exclude_reason", "reason", "quote_sentence")
    def _compute_explanation(self):
        for line in self:
            left_out = line.state == "excluded" and line.exclude_reason
            line.explanation = left_out or line.reason or line.quote_sentence

    @api.depends("amount", "entry_fee")
    def _compute_total(self):
        for line in self:
            line.total = line.amount + line.entry_fee

    @api.depends("amount", "previous_amount", "previous_membership_id", "state")
    def _compute_difference(self):
        for line in self:
            compared = line.previous_membership_id and line.state != "refused"
            line.difference = line.amount - line.previous_amount if compared else 0.0

    # ---- who writes what, and when ----

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(self.env._("Recipients come from the preview of the campaign: press “Preview”."))
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        written = set(vals)
        if not self.env.su and written & (PREVIEWED | RESULTS) - CORRECTED:
            raise UserError(
                self.env._("In the preview of a campaign, the fee, its reason and the payer are what can be corrected.")
            )
        merging = self.env.context.get("association_campaign_merge") is MERGING
        if written & PREVIEWED and not merging:
            self._lock_preparation()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_by_preview(self):
        if not self.env.su:
            raise UserError(self.env._("Leave a recipient out, with the reason, instead of deleting it."))
        if self.env.context.get("association_campaign_merge") is not MERGING:
            self._lock_preparation()

    def _lock_preparation(self):
        """Make sure that the campaigns are still being prepared, and stay so until this is committed.

        A launch at the same moment waits for the end of this transaction, or makes it start again.
        """
        campaigns = self.campaign_id
        if not campaigns:
            return
        campaigns.flush_recordset(["state"])
        self.env.execute_query(
            SQL("SELECT id FROM association_campaign WHERE id IN %s FOR SHARE", tuple(campaigns.ids))
        )
        campaigns._check_in_preparation()

    # ---- the preview ----

    def _update_preview(self, vals):
        """Write what the preview found; the treasurer's corrections and exclusions stay.

        The campaign is held in preparation by the caller: asking for each line is a query for each.
        """
        self.ensure_one()
        vals = dict(vals)
        if self.state == "excluded":
            vals["state"] = "excluded"
        if vals["problem"] not in ("already_called", "other_campaign"):
            if self.adjust_reason:
                vals["amount"] = self.amount
            if self.payer_id.active and self._is_payer_chosen():
                vals["payer_id"] = self.payer_id.id
        changed = {name: value for name, value in vals.items() if self._differs(name, value)}
        return super().write(changed) if changed else True  # pylint: disable=super-method-mismatch,useless-suppression

    def _is_payer_chosen(self):
        """Return whether somebody else pays than the preview proposed."""
        proposed = self.known_membership_id.payer_id or self.previous_membership_id.payer_id or self.partner_id
        return self.payer_id != proposed

    def _differs(self, name, value):
        """Return whether a value is another one than the line has."""
        field = self._fields[name]
        if field.type == "monetary" and self[name] == (value or 0.0):
            return False  # most are as before, and rounding each of them is slow
        return field.convert_to_cache(value, self) != field.convert_to_cache(self[name], self)

    def action_preview_again(self):
        """Check these lines again, after something was corrected."""
        self.check_access("write")
        self._lock_preparation()
        for campaign, lines in self.sudo().grouped("campaign_id").items():
            prepared = CampaignPreview(campaign.sudo(False)).prepare(lines.member_id.sudo(False))
            for line in lines:
                line._update_preview(prepared[line.member_id])
        return True

    # ---- corrected, left out ----

    def action_leave_out(self):
        """Ask why these recipients are left out."""
        self.check_access("write")
        return self.env["association.campaign.exclude.wizard"]._get_records_action(
            target="new",
            name=self.env._("Leave out of the campaign"),
            context={"default_line_ids": self.ids},
        )

    def _leave_out(self, reason):
        """Leave these recipients out of the campaign.

        :param reason: why, in the treasurer's words.
        """
        self.check_access("write")
        self._lock_preparation()
        self.sudo().write({"state": "excluded", "exclude_reason": reason})

    def action_take_back(self):
        """Call those who had been left out after all."""
        self.check_access("write")
        excluded = self.filtered(lambda line: line.state == "excluded")
        excluded._lock_preparation()
        excluded.sudo().write({"state": "ready", "exclude_reason": False})
        return excluded.action_preview_again()

    def action_grid_fee(self):
        """Give up a correction: the fee of the grid applies again."""
        self.check_access("write")
        for line in self.filtered("adjust_reason"):
            line.write({"amount": line.quoted_amount, "adjust_reason": False})

    # ---- what keeps them from being called ----

    def action_mend(self):
        """Open what fixes the problem of this line: the missing piece in a dialog, or the record."""
        self.ensure_one()
        if self.problem in FIXED_BY:
            return self.env["association.campaign.mend.wizard"]._get_records_action(
                target="new",
                name=self.partner_id.display_name,
                context={"default_line_id": self.id},
            )
        return self._get_record_to_fix()._get_records_action(context={})

    def _get_record_to_fix(self):
        """Return the record where the problem of this line is solved."""
        if self.problem in ("left", "archived") or not self.problem:
            return self.member_id
        if self.problem in ("already_called", "draft_call") and self._known_call():
            return self._known_call()
        if self.known_membership_id:
            return self.known_membership_id
        if self.problem == "no_rule":
            return self.campaign_id.grid_id
        return self.member_id

    def _known_call(self):
        """Return the call of the line, or of the membership that was found; none for who may not read calls."""
        if not self.env["account.move"].has_access("read"):
            return self.env["account.move"]
        return self.move_id or self.known_membership_id.sudo().line_ids.move_id[:1].sudo(False)

    def action_give_category(self):
        """Ask once for the category of all those of these recipients who have none."""
        lines = self.filtered(lambda line: line.problem == "category_missing")
        if not lines:
            raise UserError(self.env._("All the recipients selected have a category."))
        action = lines[0].action_mend()
        return {
            **action,
            "name": self.env._("Give a category to %s members", len(lines)),
            "context": {**action["context"], "default_line_ids": lines.ids},
        }

    def action_ask_figures(self):
        """Open the message that asks these members for the figures of the year that the grid reads."""
        lines = self.filtered(lambda line: line.problem == "figure_missing")
        if not lines:
            raise UserError(self.env._("None of the recipients selected lacks a figure."))
        year = lines[0].campaign_id.grid_id.figures_year
        return lines.member_id.with_context(association_figures_year=year).action_ask_figures()

    def action_open_membership(self):
        """Open the membership that the line called, or found."""
        self.ensure_one()
        membership = self.membership_id or self.known_membership_id
        if not membership:
            raise UserError(self.env._("There is no membership yet: it is created with the call."))
        return membership._get_records_action(context={})
