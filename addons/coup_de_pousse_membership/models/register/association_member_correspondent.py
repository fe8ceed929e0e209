"""Who speaks for a member: billing, president, voting delegate…"""

from odoo import fields, models

from .association_correspondent import SINGLE_ROLES


class AssociationMember(models.Model):
    _inherit = "association.member"

    correspondent_ids = fields.One2many("association.correspondent", "member_id", string="Correspondents")

    def _get_billing_contacts(self, day=None):
        """Return {member: person who receives its calls on a day}; members without one are left out.

        :param day: today by default.
        """
        day = day or fields.Date.context_today(self)
        rows = (
            self.env["association.correspondent"]
            .sudo()
            .search_fetch(
                [
                    ("member_id", "in", self.ids),
                    ("role", "=", "billing"),
                    *self.env["association.correspondent"]._on_day_domain(day),
                ],
                ["member_id", "partner_id"],
            )
        )
        return {row.member_id.with_env(self.env): row.partner_id.with_env(self.env) for row in rows}

    def _absorb(self, others):
        self._absorb_correspondents(others)
        return super()._absorb(others)

    def _absorb_correspondents(self, others):
        """Take over the correspondents of other files; where two would hold a single role over one day,
        the kept file's holder stays and the other becomes a plain contact.
        """
        taken = others.correspondent_ids
        demoted = self.env["association.correspondent"]
        holders = self.correspondent_ids
        for correspondent in taken:
            if correspondent.role in SINGLE_ROLES and any(
                correspondent._meets(holder) for holder in holders if holder.role == correspondent.role
            ):
                demoted |= correspondent
            else:
                holders |= correspondent
        for correspondent in demoted:
            self.message_post(
                body=self.env._(
                    "%(correspondent)s: kept as a contact, since somebody else has that role over the same days.",
                    correspondent=correspondent.display_name,
                )
            )
        demoted.write({"role": "contact"})
        self.env.flush_all()
        taken.write({"member_id": self.id})
