"""A recipient is called: the membership that it is given, and what became of it."""

from odoo import fields, models
from odoo.tools.misc import formatLang

from ..campaign.preview import CALLED


class AssociationCampaignLine(models.Model):
    _inherit = "association.campaign.line"

    # ---- the membership that it is given ----

    def _prepare_membership(self):
        """Return the values of the membership that this recipient is given."""
        self.ensure_one()
        before = self.previous_membership_id
        member = self.member_id
        return {
            "member_id": member.id,
            "campaign_id": self.campaign_id.id,
            "category_id": self.category_id.id,
            "tariff_id": member.tariff_id.id,
            "grid_id": self.campaign_id.grid_id.id,
            "rule_id": self.rule_id.id,
            "basis": self.basis,
            "basis_value": self.basis_value,
            "amount": self.amount,
            "entry_fee": self.entry_fee,
            "quote_sentence": self._get_sentence(),
            "date_from": self.membership_from,
            "date_to": self.membership_to,
            "previous_id": before.id,
            "payer_id": self.payer_id.id or self.partner_id.id,
            # Who has been admitted once is a member: a renewal needs no new decision.
            "admission": "admitted",
            "admission_decided_on": before.admission_decided_on or member.since,
            "admission_body": before.admission_body,
        }

    def _prepare_correction(self, membership):
        """Return in what a membership that was there before differs from what the treasurer decided."""
        vals = {}
        if self.amount != membership.amount:
            vals.update(amount=self.amount, quote_sentence=self._get_sentence())
        if self.payer_id and self.payer_id != membership.payer_id:
            vals["payer_id"] = self.payer_id.id
        return vals

    def _get_sentence(self):
        """Return the explanation that the call shows; the treasurer's reason for another fee stays inside."""
        if self.amount == self.quoted_amount:
            return self.quote_sentence
        amount = formatLang(self.env, self.amount, currency_obj=self.currency_id)
        return self.env._("Fee agreed: %s.", amount)

    # ---- what became of it ----

    def _write_called(self, membership, call, now):
        """Write that a recipient has its membership, and its call if it owes anything."""
        self.sudo().write(
            {
                "state": "called",
                "membership_id": membership.id,
                "move_id": call.id,
                "processed_on": now,
                "problem": False,
                "reason": False if call else self.env._("Free: a membership without a call."),
            }
        )

    def _set_aside(self, problem, reason):
        """Leave these recipients aside, with the reason; the run goes on."""
        self.sudo().write(
            {"state": "failed", "problem": problem, "reason": reason, "processed_on": fields.Datetime.now()}
        )

    def _recognise(self, membership, reason):
        """Link a recipient to the membership that was called by hand."""
        self.ensure_one()
        call = membership.sudo()._get_call_lines().move_id.filtered(lambda move: move.move_type == "out_invoice")[:1]
        self.sudo().write(
            {
                "state": "called",
                "recognised": True,
                "membership_id": membership.id,
                "known_membership_id": membership.id,
                "move_id": call.id,
                "problem": "already_called",
                "reason": reason,
            }
        )
        membership.sudo().campaign_id = self.campaign_id

    def _recognise_calls(self):
        """Link those of these recipients who had been called by hand when the campaign was launched."""
        for line in self.filtered(lambda line: line.problem == "already_called" and line.state == "refused"):
            membership = line.known_membership_id
            if membership.payment_state in CALLED and not membership.campaign_id:
                line._recognise(membership, line.reason)
