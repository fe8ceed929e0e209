"""One line of the preview: brought up to date, mended, corrected, left out."""

from odoo import models
from odoo.exceptions import UserError

#: What one dialog can mend: the field of the dialog.
MENDED = {
    "category_missing": "category_id",
    "figure_missing": "figure",
    "founded_missing": "founded_on",
    "territory_missing": "territory_id",
    "chosen_amount": "chosen_amount",
    "no_address": "email",
}


class AssociationCampaignLine(models.Model):
    _inherit = "association.campaign.line"

    def _update_preview(self, vals):
        """Write what the preview found; the treasurer's corrections and exclusions stay."""
        self.ensure_one()
        vals = dict(vals)
        if self.state == "excluded":
            vals["state"] = "excluded"
        if vals["problem"] not in ("already_called", "other_campaign"):
            if self.adjust_reason:
                vals["amount"] = self.amount
            if self.payer_id and self._is_payer_chosen():
                vals["payer_id"] = self.payer_id.id
        changed = {name: value for name, value in vals.items() if self._differs(name, value)}
        if changed:
            self.write(changed)

    def _is_payer_chosen(self):
        """Tell whether somebody else pays than the preview proposed."""
        proposed = self.known_membership_id.payer_id or self.previous_membership_id.payer_id or self.partner_id
        return self.payer_id != proposed

    def _differs(self, name, value):
        field = self._fields[name]
        if field.type == "monetary" and self[name] == (value or 0.0):
            return False  # most are as before, and rounding each of them is slow
        return field.convert_to_cache(value, self) != field.convert_to_cache(self[name], self)

    def action_preview_again(self):
        """Check these lines again, after something was mended."""
        self.check_access("write")
        self._lock_preparation()
        for campaign, lines in self.sudo().grouped("campaign_id").items():
            campaign = campaign.sudo(False)
            prepared = campaign._prepare_lines(lines.member_id.sudo(False))
            for line in lines:
                line._update_preview(prepared[line.member_id])
        return True

    def action_leave_out(self):
        """Ask why these recipients are left out."""
        self.check_access("write")
        return self._open(
            "association.campaign.exclude.wizard",
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

    # ---- what mends it ----

    def action_mend(self):
        """Open what mends the problem of this line: the missing piece in a dialog, or the record."""
        self.ensure_one()
        if self.problem in MENDED:
            return self._open(
                "association.campaign.mend.wizard",
                target="new",
                name=self.partner_id.display_name,
                context={"default_line_id": self.id},
            )
        if self.problem in ("left", "archived") or not self.problem:
            return self._open("association.member", self.member_id)
        if self.problem in ("already_called", "draft_call") and self._known_call():
            return self._open("account.move", self._known_call())
        if self.known_membership_id:
            return self._open("association.membership", self.known_membership_id)
        if self.problem == "no_rule":
            return self._open("association.fee.grid", self.campaign_id.grid_id)
        return self._open("association.member", self.member_id)

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

    def _known_call(self):
        if not self.env["account.move"].has_access("read"):
            return self.env["account.move"]
        return self.move_id or self.known_membership_id.sudo().line_ids.move_id[:1].sudo(False)

    def _open(self, model, record=None, **values):
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "res_id": record.id if record else False,
            "views": [(False, "form")],
            **values,
        }

    def action_open_membership(self):
        """Open the membership that the line called, or found."""
        self.ensure_one()
        membership = self.membership_id or self.known_membership_id
        if not membership:
            raise UserError(self.env._("There is no membership yet: it is created with the call."))
        return self._open("association.membership", membership)
