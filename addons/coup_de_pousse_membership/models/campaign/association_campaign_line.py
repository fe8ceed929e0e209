from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..common.optional_number import OptionalFloat

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
#: What the treasurer corrects in the preview.
CORRECTED = {"amount", "adjust_reason", "payer_id"}


class AssociationCampaignLine(models.Model):
    """One member in a campaign: what it is called for, or why it is not."""

    _name = "association.campaign.line"
    _description = "Recipient of a Membership Campaign"
    _order = "campaign_id, id"
    _rec_name = "partner_id"

    campaign_id = fields.Many2one("association.campaign", required=True, ondelete="cascade", index=True)
    campaign_state = fields.Selection(related="campaign_id.state", string="State of the campaign")
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    member_id = fields.Many2one(
        "association.member", string="Member's file", required=True, ondelete="restrict", index=True
    )
    partner_id = fields.Many2one(related="member_id.partner_id", string="Member", store=True, index=True)
    category_id = fields.Many2one("association.category", readonly=True)
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
    rule_id = fields.Many2one("association.fee.rule", ondelete="restrict", readonly=True)
    basis = fields.Selection(selection="_selection_basis", string="According to", readonly=True)
    basis_value = OptionalFloat(string="Figure", digits=(16, 2), readonly=True)
    quote_sentence = fields.Char(string="Explanation", readonly=True)
    explanation = fields.Char(
        compute="_compute_explanation",
        string="Explanation or remark",
        help="Why the member cannot be called, or what happened; else how the fee was found.",
    )
    membership_from = fields.Date(string="From", readonly=True)
    membership_to = fields.Date(string="Until", readonly=True)
    previous_membership_id = fields.Many2one(
        "association.membership", string="Last membership", ondelete="set null", readonly=True
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
    )
    membership_id = fields.Many2one("association.membership", ondelete="restrict", copy=False, readonly=True)
    move_id = fields.Many2one("account.move", string="Call", copy=False, readonly=True, index="btree_not_null")
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

    @api.depends("reason", "quote_sentence")
    def _compute_explanation(self):
        for line in self:
            line.explanation = line.reason or line.quote_sentence

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
        merging = self.env.su and self.env.context.get("campaign_merge")
        if written & PREVIEWED and not merging:
            self._lock_preparation()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_by_preview(self):
        if not self.env.su:
            raise UserError(self.env._("Leave a recipient out, with the reason, instead of deleting it."))
        if not self.env.context.get("campaign_merge"):
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
