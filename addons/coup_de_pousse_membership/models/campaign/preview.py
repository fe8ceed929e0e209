"""The preview of a campaign: what each recipient would be called for, and why some cannot be called.

Nothing is written here: the campaign writes the answers into its lines, and its run asks again for what may
have changed since.
"""

from dataclasses import dataclass

from odoo import models

from ..fee.quoting import MemberQuote
from ..register.association_membership import ADMITTED

#: Problems of a quote, as the campaign calls them.
QUOTE_PROBLEMS = {
    "category_missing": "category_missing",
    "territory_missing": "territory_missing",
    "chosen_too_low": "chosen_amount",
    "chosen_too_high": "chosen_amount",
    "no_rule": "no_rule",
}
#: States of the payment of a membership whose call is issued.
CALLED = ("called", "partial", "paid")
#: What is read of a member.
OF_MEMBER = ("partner_id", "category_id", "territory_id", "state", "since", "left_on", "active")
#: What is read of a membership that is there already.
OF_MEMBERSHIP = (
    "payer_id", "amount", "entry_fee", "rule_id", "basis", "basis_value", "quote_sentence", "date_from", "last_day",
    "member_id", "campaign_id", "payment_state", "total", "admission",
)  # fmt: skip


@dataclass(frozen=True)
class RecipientProblem:
    """Why a member cannot be called.

    :param code: one of the problems of a campaign's line.
    :param reason: the same, as a sentence.
    :param call_id: the call that was issued already, if that is why.
    """

    code: str
    reason: str
    call_id: int | bool = False


@dataclass(frozen=True)
class RecipientCase:
    """What is known of one member.

    :param member: its file.
    :param quote: what the grid asks of it.
    :param found: the live membership over these days, empty if there is none.
    :param previous: its latest membership that began before the period.
    :param contact: its billing correspondent, or None.
    """

    member: models.BaseModel
    quote: MemberQuote
    found: models.BaseModel
    previous: models.BaseModel
    contact: models.BaseModel | None

    @property
    def payer(self):
        """Return who would receive the call."""
        return self.found.payer_id if self.found else self.previous.payer_id or self.member.partner_id


class CampaignPreview:
    """Works out the preview of one campaign, for any of its members."""

    def __init__(self, campaign):
        campaign.ensure_one()
        self.campaign = campaign
        self.env = campaign.env
        self.first_day = campaign.date_from

    def prepare(self, members):
        """Return {member: values of its line}; the number of queries does not depend on how many."""
        if not members:
            return {}
        members = members.with_company(self.campaign.company_id)
        members.sudo().fetch(OF_MEMBER)
        quotes = self.campaign.grid_id._quote(members, self.first_day)
        running = self.search_running(
            members, min(quote.date_from for quote in quotes), max(quote.date_to for quote in quotes)
        )
        by_member = running.grouped("member_id")
        previous = self._get_previous_memberships(members)
        contacts = members._get_billing_contacts(self.campaign.invoice_date)
        none = self.env["association.membership"]
        payers = running.payer_id | none.union(*previous.values()).payer_id | members.partner_id
        payers.sudo().fetch(["email", "city", "street", "active", "name"])
        prepared = {}
        for member, quote in zip(members, quotes, strict=True):
            found = self.choose_membership(by_member.get(member, none))
            case = RecipientCase(member, quote, found, previous.get(member, none), contacts.get(member))
            prepared[member] = self._prepare_line(case)
        return prepared

    def find_changed(self, lines):
        """Return those of these recipients of whom something else is asked by now than their line says."""
        lines.member_id.sudo().fetch(OF_MEMBER)
        changed = lines.filtered(lambda line: line.category_id != line.member_id.category_id)
        quoted = (lines - changed).filtered(lambda line: not line.known_membership_id)
        if not quoted:
            return changed
        members = quoted.member_id.with_company(self.campaign.company_id)
        quotes = dict(zip(members, self.campaign.grid_id._quote(members, self.first_day), strict=True))
        is_zero = self.campaign.currency_id.is_zero
        return changed | quoted.filtered(
            lambda line: (
                quotes[line.member_id].problem_code
                or not is_zero((quotes[line.member_id].amount or 0.0) - line.quoted_amount)
                or not is_zero(quotes[line.member_id].entry_fee - line.entry_fee)
            )
        )

    def search_running(self, members, first, last):
        """Return the live memberships of members that share a day with a period, the first ones first."""
        found = members._search_live_memberships(first, last).sorted(lambda m: (m.date_from, m.id))
        # Each is read alone further on, where nothing would be fetched for all of them at once.
        found.sudo().fetch(OF_MEMBERSHIP)
        found.sudo().line_ids.fetch(["parent_state", "move_id"])
        found.sudo().line_ids.move_id.fetch(["move_type", "name", "invoice_date"])
        return found

    def choose_membership(self, found):
        """Return the membership of this period among those over these days, else the one that still runs."""
        return found.filtered(lambda membership: membership.date_from >= self.first_day)[:1] or found[:1]

    def _get_previous_memberships(self, members):
        """Return {member: its latest membership that began before the period}."""
        memberships = self.env["association.membership"].search(
            [("member_id", "in", members.ids), ("date_from", "<", self.first_day), *ADMITTED],
            order="date_from",
        )
        return {membership.member_id: membership for membership in memberships}

    # ---- what it would be called for ----

    def _prepare_line(self, case):
        """Return the values of a recipient's line; the membership that is there already decides, if any."""
        problem = self._find_problem(case)
        return {
            "category_id": case.member.category_id.id,
            "territory_id": case.member.territory_id.id,
            "payer_id": case.payer.id,
            "previous_membership_id": case.previous.id,
            "previous_amount": case.previous.amount,
            "known_membership_id": case.found.id,
            **(self._read_membership(case.found) if case.found else self._read_quote(case.quote)),
            "state": "refused" if problem else "ready",
            "problem": problem and problem.code,
            "reason": problem and problem.reason,
            "move_id": problem and problem.call_id,
        }

    def _read_quote(self, quote):
        return {
            "quoted_amount": quote.amount or 0.0,
            "amount": quote.amount or 0.0,
            "entry_fee": 0.0 if quote.problem else quote.entry_fee,
            "rule_id": quote.rule_id,
            "basis": quote.basis,
            "basis_value": quote.basis_value,
            "quote_sentence": quote.sentence,
            "membership_from": quote.date_from,
            "membership_to": quote.date_to,
        }

    def _read_membership(self, membership):
        return {
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

    # ---- why it cannot be called ----

    def _find_problem(self, case):
        """Return the :class:`RecipientProblem`, the most fundamental one first; False without."""
        return (
            self.find_departure(case.member)
            or self.find_membership_problem(case.found)
            or self.find_admission_problem(case.member, case.found, case.previous)
            or (not case.found and self._find_quote_problem(case.quote))
            or self._find_address_problem(case)
            or False
        )

    def find_departure(self, member):
        """Return the problem of who left, or whose file is put away."""
        if member.state == "left" or (member.left_on and member.left_on < self.first_day):
            reasons = dict(member._fields["end_reason"]._description_selection(self.env))
            reason = self.env._(
                "Left on %(day)s (%(reason)s). If it comes back: “Joins again” on its file.",
                day=self._write_day(member.left_on),
                reason=reasons.get(member.end_reason, ""),
            )
            return RecipientProblem("left", reason)
        if not member.active:
            reason = self.env._("Its file is archived: take it out of the archive if it is still a member.")
            return RecipientProblem("archived", reason)
        if not member.partner_id.sudo().active:
            reason = self.env._(
                "Its contact is archived: take it out of the archive, or record the departure on the member's file."
            )
            return RecipientProblem("archived", reason)
        return None

    def find_membership_problem(self, found):
        """Return the problem that a membership which is there already means for the call."""
        if not found:
            return None
        if found.date_from < self.first_day:
            last = self._write_day(found.last_day)
            return RecipientProblem(
                "running", self.env._("Its membership runs until %s: nothing is owed before.", last)
            )
        if problem := self._find_call_issued(found):
            return problem
        if found.payment_state == "free":
            reason = self.env._("Its membership over these days is free: there is nothing to call.")
            return RecipientProblem("already_called", reason)
        if found.sudo().line_ids.filtered(lambda line: line.parent_state == "draft"):
            return RecipientProblem("draft_call", self.env._("A draft call exists: post it, or delete it."))
        if not found.total:
            reason = self.env._("Its membership has no fee: choose a grid, or enter the amount.")
            return RecipientProblem("no_rule", reason)
        return None

    def _find_call_issued(self, found):
        """Return the problem of a membership that another campaign deals with, or that is called by hand."""
        call = found.sudo().line_ids.move_id.filtered(lambda move: move.move_type == "out_invoice")[:1]
        is_called = found.payment_state in CALLED
        if found.campaign_id and found.campaign_id != self.campaign:
            reason = self.env._("In the campaign “%s”.", found.campaign_id.sudo().name)
            return RecipientProblem("other_campaign", reason, is_called and call.id)
        if is_called:
            day = self._write_day(call.invoice_date)
            reason = self.env._("Called by %(call)s on %(day)s.", call=call.name or "", day=day)
            return RecipientProblem("already_called", reason, call.id)
        return None

    def find_admission_problem(self, member, found, previous):
        """Return the problem of who was never admitted, or applies at present."""
        if found.admission == "admitted" or (not found and (previous or member.since)):
            return None
        if found:
            return RecipientProblem("not_admitted", self.env._("Its application is not decided yet."))
        reason = self.env._(
            "Never admitted: prepare its membership and record the decision, or enter on its file since when it is a "
            "member."
        )
        return RecipientProblem("not_admitted", reason)

    def _find_quote_problem(self, quote):
        if not quote.problem_code:
            return None
        if quote.problem_code == "figure_missing":
            code = "founded_missing" if quote.basis == "age" else "figure_missing"
        else:
            code = QUOTE_PROBLEMS[quote.problem_code]
        return RecipientProblem(code, quote.problem)

    def _find_address_problem(self, case):
        payer, contact = case.payer.sudo(), case.contact
        if not payer.active:
            reason = self.env._("“%s”, which pays, is archived: choose who pays instead.", payer.name)
            return RecipientProblem("archived", reason)
        if payer.email or (contact and contact.sudo().email) or (payer.city and payer.street):
            return None
        reason = self.env._("Neither an e-mail nor a postal address: the call would reach nobody.")
        return RecipientProblem("no_address", reason)

    def _write_day(self, day):
        """Return a day as the user's language writes it."""
        return self.env["ir.qweb.field.date"].value_to_html(day, {}) if day else ""
