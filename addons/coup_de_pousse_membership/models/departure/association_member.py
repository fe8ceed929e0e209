"""How a member leaves the network, and joins it again.

The departures are the facts (``association.member.departure``); what the file shows as its day of
leaving and its reason is the departure that lasts.
"""

from itertools import pairwise

from odoo import fields, models
from odoo.exceptions import UserError

from ...calculation.register.membership_state import VOID
from ..common.dated_records import show_day

TREASURER = "coup_de_pousse_membership.group_membership_treasurer"

#: What becomes of the calls that are posted and not paid.
DUES = [
    ("keep", "Keep every call"),
    ("upcoming", "Withdraw the calls of memberships that have not begun"),
    ("all", "Withdraw every unpaid call"),
]


class AssociationMember(models.Model):
    _inherit = "association.member"

    # ---- leaving ----

    def _record_departure(self, left_on, reason, decided_by=False, note=False, dues="keep"):
        """Record that these members leave, with what it means for their memberships and calls.

        Running memberships end on that day; those that would begin later, and applications, are
        given up. All is done, or nothing.

        :param left_on: last day as a member.
        :param reason: one of ``END_REASONS``.
        :param decided_by: body that decided or took note.
        :param dues: one of ``DUES``: what becomes of unpaid calls. Without the treasurer's rights,
            the treasurer is asked to do it.
        :return: the departures.
        :raise UserError: if one of them has already left.
        """
        self._close_answered_departures()
        self._check_has_not_left()
        fact = {"left_on": left_on, "reason": reason, "decided_by": decided_by, "note": note}
        departures = self.env["association.member.departure"].create(
            [{"member_id": member.id, **fact} for member in self]
        )
        for departure in departures:
            departure.member_id._get_given_up(left_on)._write_facts(
                {"withdrawn_on": min(left_on, fields.Date.context_today(self)), "departure_id": departure.id}
            )
        self._settle_dues(departures, dues)
        return departures

    def _check_has_not_left(self):
        already = self.filtered("left_on")
        if already:
            raise UserError(
                self.env._(
                    "A departure is already recorded for %s. Correct it in their file, or record that they "
                    "join again first.",
                    ", ".join(f"{member.display_name} ({member.left_on})" for member in already[:5]),
                )
            )

    def _get_given_up(self, left_on):
        """Return the memberships that leaving on a day gives up before they run, and the applications."""
        return self.membership_ids.filtered(
            lambda membership: (
                membership.state not in VOID and (membership.date_from > left_on or membership.admission == "applied")
            )
        )

    def _close_answered_departures(self):
        """Date the return of members who left once and have had a membership since."""
        open_ones = self.departure_ids.filtered(lambda departure: not departure.returned_on)
        memberships = (
            self.env["association.membership"]
            .search(
                [("member_id", "in", open_ones.member_id.ids), ("state", "not in", VOID)],
                order="date_from",
            )
            .grouped("member_id")
        )
        for departure in open_ones:
            later = (m for m in memberships.get(departure.member_id, ()) if m.date_from > departure.left_on)
            first = next(later, None)
            if first:
                departure.returned_on = first.date_from

    def _settle_dues(self, departures, dues):
        """Withdraw the calls that are to be withdrawn, or ask the treasurer where a hand is needed."""
        given_up = departures.withdrawn_ids
        concerned = {"keep": given_up.browse(), "upcoming": given_up, "all": self.membership_ids}[dues]
        unpaid = concerned.filtered(lambda m: m.payment_state == "called" and m.amount_due > 0)
        if self.env.user.has_group(TREASURER):
            unpaid = unpaid - unpaid._withdraw_calls()
        paid = given_up.filtered(lambda m: m.payment_state in ("partial", "paid"))
        drafts = given_up.filtered(lambda m: "draft" in m.sudo().line_ids.mapped("parent_state"))
        left_over = concerned.filtered(lambda m: m.payment_state == "partial") | unpaid
        todo = {}
        for membership in left_over | paid | drafts:
            todo.setdefault(membership.member_id, self.env["association.membership"])
            todo[membership.member_id] |= membership
        self._ask_treasurer(todo)

    def _ask_treasurer(self, todo):
        """Schedule one activity per member on what is called or paid of the memberships given up.

        :param todo: {member: memberships}.
        """
        activity_type = self.env.ref("coup_de_pousse_membership.mail_activity_type_departure")
        today = fields.Date.context_today(self)
        self.env["mail.activity"].create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "res_model_id": self.env["ir.model"]._get_id("association.member"),
                    "res_id": member.id,
                    "user_id": member.company_id._get_treasurer_user().id,
                    "date_deadline": today,
                    "summary": self.env._("Departure: decide on what was called"),
                    "note": self.env._(
                        "%(member)s leaves on %(day)s. To be credited, refunded or kept: %(memberships)s.",
                        member=member.display_name,
                        day=show_day(self.env, member.left_on),
                        memberships=", ".join(memberships.mapped("display_name")),
                    ),
                }
                for member, memberships in todo.items()
            ]
        )

    # ---- joining again ----

    def action_join_again(self):
        """Record that members who had left join again today; the past departure stays on record."""
        self._join_again(fields.Date.context_today(self))

    def _join_again(self, day):
        """Close the departure that lasts.

        :param day: first day back; the day of first joining does not move.
        :raise UserError: if one has not left before that day.
        """
        staying = self.filtered(lambda member: not member.left_on or member.left_on >= day)
        if staying:
            raise UserError(
                self.env._(
                    "Nobody joins again before having left: %s. A departure that does not take place is erased "
                    "in the list of departures of the member's file.",
                    ", ".join(staying[:5].mapped("display_name")),
                )
            )
        for member in self:
            member._lasting_departure().returned_on = day

    # ---- two files become one ----

    def _prepare_absorption(self, others):
        self._absorb_departures(others)
        return super()._prepare_absorption(others)

    def _absorb_departures(self, others):
        """Take over the departures of other files; of two on one day, the kept file's word stands."""
        self._check_departures_agree(others)
        own_days = set(self.departure_ids.mapped("left_on"))
        taken = others.departure_ids.filtered(lambda departure: departure.left_on not in own_days)
        ordered = (self.departure_ids | taken).sorted("left_on")
        for earlier, later in pairwise(ordered):
            if not earlier.returned_on or earlier.returned_on > later.left_on:
                # It left again, so it had come back; the later departure is the last day known.
                earlier.returned_on = later.left_on
        self.env.flush_all()
        taken.write({"member_id": self.id})

    def _check_departures_agree(self, others):
        """Check that no file has left while the membership of another runs on.

        :raise UserError: naming both.
        """
        for departure in (self | others).departure_ids:
            for membership in ((self | others) - departure.member_id).membership_ids:
                runs_on = membership.date_from <= departure.left_on < membership.last_day
                if runs_on and membership.state not in VOID:
                    raise UserError(
                        self.env._(
                            "These contacts cannot be merged: %(one)s left on %(day)s, while %(other)s has the "
                            "membership %(membership)s over that day. Correct one of the two files first.",
                            one=departure.member_id.display_name,
                            day=show_day(self.env, departure.left_on),
                            other=membership.member_id.display_name,
                            membership=membership.display_name,
                        )
                    )
