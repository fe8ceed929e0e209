"""A member's departure: from when to when it did not belong to the network, why, and who decided."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..common.dated_records import show_day
from .association_member import END_REASONS


class AssociationMemberDeparture(models.Model):
    _name = "association.member.departure"
    _description = "Member's Departure"
    _inherit = ["association.part"]
    _order = "left_on desc, id desc"
    _rec_name = "left_on"

    member_id = fields.Many2one("association.member", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="member_id.company_id")
    left_on = fields.Date(string="Last day", required=True, help="Last day as a member.")
    reason = fields.Selection(END_REASONS, required=True)
    decided_by = fields.Char(
        string="Decided by", help="Body that decided it or took note of it, such as “Board of 12 March 2026”."
    )
    note = fields.Text()
    returned_on = fields.Date(
        string="Joined again on", help="First day of belonging to the network again; empty while it has left."
    )
    withdrawn_ids = fields.One2many(
        "association.membership", "departure_id", string="Memberships given up", readonly=True
    )

    # A day of absence belongs to one departure only; a member has left once at most as of today.
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(member_id, member_id, '[]') WITH &&, "
        "daterange(left_on, returned_on, '[)') WITH &&)",
        "This member had already left over some of these days: correct that departure instead.",
    )
    _return_after_departure = models.Constraint(
        "CHECK (returned_on > left_on)", "A member joins again after its last day, not before."
    )

    @api.depends("left_on", "reason")
    def _compute_display_name(self):
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        for departure in self:
            day = departure.left_on and show_day(self.env, departure.left_on)
            departure.display_name = " – ".join(filter(None, [day, reasons.get(departure.reason)]))

    @api.constrains("left_on", "member_id")
    def _check_after_joining(self):
        today = fields.Date.context_today(self)
        for departure in self:
            since = departure.member_id.since
            # Who joins on a day to come may still think better of it.
            if since and departure.left_on < since <= today:
                raise ValidationError(
                    self.env._(
                        "%(member)s joined on %(since)s: its last day cannot be %(left)s. Correct one of the two.",
                        member=departure.member_id.display_name,
                        since=show_day(self.env, since),
                        left=show_day(self.env, departure.left_on),
                    )
                )

    @api.model
    def _write_from_files(self, members):
        """Write the departures that members' files give by their day and reason, as imports do.

        A file without a day has no departure that lasts.
        """
        missing = members.filtered(lambda member: bool(member.left_on) != bool(member.end_reason))
        if missing:
            raise ValidationError(
                self.env._(
                    "%s: to record a departure, give both its last day and its reason (or neither).",
                    ", ".join(missing[:5].mapped("display_name")),
                )
            )
        vals_list = []
        for member in members:
            vals = {"left_on": member.left_on, "reason": member.end_reason}
            departure = member._lasting_departure()
            if departure and member.left_on:
                departure.write(vals)
            elif departure:
                departure.unlink()
            elif member.left_on:
                vals_list.append({"member_id": member.id, **vals})
        self.create(vals_list)

    @api.model_create_multi
    def create(self, vals_list):
        # The return from an earlier departure has to be in the database first.
        self.flush_model()
        return super().create(vals_list)

    def unlink(self):
        """Erase departures that never were: what was given up with them runs again."""
        self.withdrawn_ids._write_facts({"withdrawn_on": False, "departure_id": False})
        return super().unlink()

    def action_erase(self):
        """Erase a departure recorded by mistake, or called off before its day."""
        for departure in self:
            departure.member_id.message_post(body=self.env._("Departure erased: %s.", departure.display_name))
        self.unlink()
