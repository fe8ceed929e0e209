"""What each recipient would be called for, and why some cannot be called."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..register.association_membership import ADMITTED

#: Problems of a quote, as the campaign calls them.
QUOTE_PROBLEMS = {
    "category_missing": "category_missing",
    "territory_missing": "territory_missing",
    "chosen_too_low": "chosen_amount",
    "chosen_too_high": "chosen_amount",
    "no_rule": "no_rule",
}
CALLED = ("called", "partial", "paid")
#: What the preview reads of a membership that is there already.
READ = (
    "payer_id", "amount", "entry_fee", "rule_id", "basis", "basis_value", "quote_sentence", "date_from", "last_day",
    "member_id", "campaign_id", "payment_state", "total", "admission",
)  # fmt: skip


class AssociationCampaign(models.Model):
    _inherit = "association.campaign"

    previewed_on = fields.Datetime(readonly=True, copy=False)

    def action_preview(self):
        """Find out who is concerned, and what each of them owes; corrections and exclusions stay."""
        for campaign in self:
            campaign.check_access("write")
            campaign.line_ids._lock_preparation()
            campaign._check_in_preparation()
            campaign._preview(campaign._search_audience())
            campaign.sudo().previewed_on = fields.Datetime.now()
        return True

    def _preview(self, members):
        """Bring the lines up to date with these members: new ones come, those no longer concerned go."""
        self.ensure_one()
        lines = self.sudo().line_ids
        concerned = set(members.ids)
        lines.filtered(lambda line: line.member_id.id not in concerned).unlink()
        known = {line.member_id.id: line for line in lines.exists()}
        vals_list = []
        for member, vals in self._prepare_lines(members).items():
            line = known.get(member.id)
            if line:
                line._update_preview(vals)
            else:
                vals_list.append({"campaign_id": self.id, "member_id": member.id, **vals})
        self.env["association.campaign.line"].sudo().create(vals_list)
        self.env.flush_all()

    def _prepare_lines(self, members):
        """Return {member: values of its line}; the number of queries does not depend on how many."""
        self.ensure_one()
        members = members.with_company(self.company_id)
        members.sudo().fetch(["partner_id", "category_id", "territory_id", "state", "since", "left_on", "active"])
        quotes = self.grid_id.quote(members, self.date_from) if members else []
        running = self._search_running(members, quotes)
        previous = self._get_previous_memberships(members)
        contacts = members._get_billing_contacts(self.invoice_date)
        none = self.env["association.membership"]
        payers = running.payer_id | none.union(*previous.values()).payer_id | members.partner_id
        payers.sudo().fetch(["email", "city", "street"])
        by_member = running.grouped("member_id")
        prepared = {}
        for member, quote in zip(members, quotes, strict=True):
            found = self._choose_membership(by_member.get(member, none))
            before = previous.get(member, none)
            vals = self._prepare_line(member, quote, found, before)
            vals.update(self._find_problem(member, quote, found, before, vals, contacts.get(member)))
            vals["state"] = "refused" if vals["problem"] else "ready"
            prepared[member] = vals
        return prepared

    def _choose_membership(self, found):
        """Return the membership of this period among those over these days, else the one that still runs."""
        return found.filtered(lambda membership: membership.date_from >= self.date_from)[:1] or found[:1]

    def _search_running(self, members, quotes):
        """Return the live memberships that share a day with what the quotes give, the first ones first."""
        if not quotes:
            return self.env["association.membership"]
        first = min(quote["date_from"] for quote in quotes)
        last = max(quote["date_to"] for quote in quotes)
        found = members._search_live_memberships(first, last).sorted(lambda m: (m.date_from, m.id))
        # Each is read alone further on, where nothing would be fetched for all of them at once.
        found.sudo().fetch(READ)
        found.sudo().line_ids.fetch(["parent_state", "move_id"])
        found.sudo().line_ids.move_id.fetch(["move_type", "name", "invoice_date"])
        return found

    def _get_previous_memberships(self, members):
        """Return {member: its latest membership that began before the period}."""
        memberships = self.env["association.membership"].search(
            [("member_id", "in", members.ids), ("date_from", "<", self.date_from), *ADMITTED],
            order="date_from",
        )
        return {membership.member_id: membership for membership in memberships}

    def _prepare_line(self, member, quote, found, before):
        """Return what a member would be called for; the membership that is there already decides, if any."""
        vals = {
            "category_id": member.category_id.id,
            "territory_id": member.territory_id.id,
            "previous_membership_id": before.id,
            "previous_amount": before.amount,
            "known_membership_id": found.id,
            "move_id": False,
            "problem": False,
            "reason": False,
        }
        if found:
            return {**vals, **self._read_membership(found)}
        return {
            **vals,
            "payer_id": (before.payer_id or member.partner_id).id,
            "quoted_amount": quote["amount"] or 0.0,
            "amount": quote["amount"] or 0.0,
            "entry_fee": 0.0 if quote["problem"] else quote["entry_fee"],
            "rule_id": quote["rule_id"],
            "basis": quote["basis"],
            "basis_value": quote["basis_value"],
            "quote_sentence": quote["sentence"],
            "membership_from": quote["date_from"],
            "membership_to": quote["date_to"],
        }

    def _read_membership(self, membership):
        return {
            "payer_id": membership.payer_id.id,
            "quoted_amount": membership.amount,
            "amount": membership.amount,
            "entry_fee": membership.entry_fee,
            "rule_id": membership.rule_id.id,
            "basis": membership.basis,
            "basis_value": membership.basis_value,
            "quote_sentence": membership.quote_sentence,
            "membership_from": membership.date_from,
            "membership_to": membership.last_day,
        }

    # ---- why somebody cannot be called ----

    def _find_problem(self, member, quote, found, before, vals, contact):
        """Return the problem and its sentence, the most fundamental one first; both False without."""
        problem = (
            self._find_departure(member)
            or self._find_membership_problem(found, vals)
            or self._find_admission_problem(member, found, before)
            or (not found and self._find_quote_problem(quote))
            or self._find_address_problem(vals, contact)
        )
        code, sentence = problem or (False, False)
        return {"problem": code, "reason": sentence}

    def _find_departure(self, member):
        if member.state == "left" or (member.left_on and member.left_on < self.date_from):
            return "left", self.env._(
                "Left on %(day)s (%(reason)s). If it comes back: “Joins again” on its file.",
                day=self._write_day(member.left_on),
                reason=self._departure_reasons().get(member.end_reason, ""),
            )
        if not member.active:
            return "archived", self.env._("Its file is archived: take it out of the archive if it is still a member.")
        return None

    def _departure_reasons(self):
        return dict(self.env["association.member"]._fields["end_reason"]._description_selection(self.env))

    def _write_day(self, day):
        return self.env["ir.qweb.field.date"].value_to_html(day, {}) if day else ""

    def _find_membership_problem(self, found, vals):
        """Say what a membership that is there already means for the call."""
        if not found:
            return None
        if found.date_from < self.date_from:
            return "running", self.env._(
                "Its membership runs until %s: nothing is owed before.", self._write_day(found.last_day)
            )
        call = found.sudo().line_ids.move_id.filtered(lambda move: move.move_type == "out_invoice")[:1]
        vals["move_id"] = call.id if found.payment_state in CALLED else False
        if found.campaign_id and found.campaign_id != self:
            return "other_campaign", self.env._("In the campaign “%s”.", found.campaign_id.sudo().name)
        if found.payment_state in CALLED:
            return "already_called", self.env._(
                "Called by %(call)s on %(day)s.", call=call.name or "", day=self._write_day(call.invoice_date)
            )
        if found.payment_state == "free":
            return "already_called", self.env._("Its membership over these days is free: there is nothing to call.")
        if found.sudo().line_ids.filtered(lambda line: line.parent_state == "draft"):
            return "draft_call", self.env._("A draft call exists: post it, or delete it.")
        if not found.total:
            return "no_rule", self.env._("Its membership has no fee: choose a grid, or enter the amount.")
        return None

    def _find_admission_problem(self, member, found, before):
        if found.admission == "admitted" or (not found and (before or member.since)):
            return None
        if found:
            return "not_admitted", self.env._("Its application is not decided yet.")
        return "not_admitted", self.env._(
            "Never admitted: prepare its membership and record the decision, or enter on its file since when it is a "
            "member."
        )

    def _find_quote_problem(self, quote):
        code = quote["problem_code"]
        if not code:
            return None
        if code == "figure_missing":
            kind = "founded_missing" if quote["basis"] == "age" else "figure_missing"
            return kind, quote["problem"]
        return QUOTE_PROBLEMS[code], quote["problem"]

    def _find_address_problem(self, vals, contact):
        payer = self.env["res.partner"].browse(vals["payer_id"]).sudo()
        has_mail = bool(payer.email or (contact and contact.sudo().email))
        if has_mail or (payer.city and payer.street):
            return None
        return "no_address", self.env._("Neither an e-mail nor a postal address: the call would reach nobody.")

    def _check_previewed(self):
        """Make sure that there is somebody to call.

        :raise UserError: if not.
        """
        self.ensure_one()
        if not self.line_ids.filtered(lambda line: line.state == "ready"):
            raise UserError(
                self.env._(
                    "Nobody is to be called yet: press “Preview”, then mend what keeps members from being called."
                )
            )
