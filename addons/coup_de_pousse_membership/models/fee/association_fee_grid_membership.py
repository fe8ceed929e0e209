"""The memberships that a grid gives to members."""

from odoo import models
from odoo.exceptions import UserError


class AssociationFeeGrid(models.Model):
    _inherit = "association.fee.grid"

    def _check_usable(self):
        self.ensure_one()
        if self.state not in ("voted", "used"):
            raise UserError(
                self.env._(
                    "The grid “%(grid)s” is not in force: only a voted grid gives fees that "
                    "members owe. Record its vote first.",
                    grid=self.name,
                )
            )

    def _prepare_memberships(self, members, date_from=None, date_to=None):
        """Sort members into those who can get a membership of this grid and those who cannot.

        :param date_from: day from which new members join; the grid's first day by default.
        :param date_to: last day, if it is not the one that the grid gives; both days are then those
            of every membership.
        :return: (list of values to create memberships with, {member: sentence that says why not}).
        """
        self.ensure_one()
        quotes = self.quote(members, date_from)
        if date_to:
            for quote in quotes:
                quote.update(date_from=date_from or self.date_from, date_to=date_to)
        latest = members._latest_memberships()
        overlapping = members._with_live_membership([(quote["date_from"], quote["date_to"]) for quote in quotes])
        vals_list, refused = [], {}
        for member, quote in zip(members, quotes, strict=True):
            if member.state == "left":
                refused[member] = self.env._("Has left: use “Joins again” on its file if it comes back.")
            elif member in overlapping:
                refused[member] = self.env._("Already has a membership over these days.")
            elif quote["problem"]:
                refused[member] = quote["problem"]
            else:
                previous = latest.get(member, self.env["association.membership"])
                vals_list.append(self._prepare_membership(member, quote, previous))
        return vals_list, refused

    def _prepare_membership(self, member, quote, previous):
        renewed = previous.admission == "admitted"
        return {
            "member_id": member.id,
            "category_id": member.category_id.id,
            "tariff_id": member.tariff_id.id,
            "grid_id": self.id,
            "rule_id": quote["rule_id"],
            "basis": quote["basis"],
            "basis_value": quote["basis_value"],
            "amount": quote["amount"],
            "entry_fee": quote["entry_fee"],
            "quote_sentence": quote["sentence"],
            "date_from": quote["date_from"],
            "date_to": quote["date_to"],
            "previous_id": previous.id,
            # Who has been admitted once is a member: a renewal needs no new decision.
            "admission": "admitted" if renewed else "applied",
            "admission_decided_on": previous.admission_decided_on if renewed else False,
            "admission_body": previous.admission_body if renewed else False,
        }

    def _create_memberships(self, members, date_from=None, date_to=None):
        """Create the memberships that this grid gives to members, all in one go.

        :return: (memberships created, {member: sentence that says why it got none}).
        """
        self._check_usable()
        vals_list, refused = self._prepare_memberships(members, date_from, date_to)
        # Who created it and when stands on the record: no message for each of thousands.
        memberships = self.env["association.membership"].with_context(mail_create_nolog=True)
        return memberships.create(vals_list).with_env(self.env), refused
