"""One batch of a campaign: memberships, posted calls, and the culprits set aside one by one."""

import logging

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from .association_campaign_preview import CALLED
from .association_campaign_run import is_transient

_logger = logging.getLogger(__name__)


class Undo(Exception):
    """Undoes a trial."""


class AssociationCampaign(models.Model):
    _inherit = "association.campaign"

    def _call(self, lines):
        """Call these recipients; who cannot be is set aside with the reason, the others go on."""
        lines = self._check_facts(lines)
        if self.one_call_per_payer:
            units = list(lines.grouped("payer_id").values())
        else:
            units = list(lines)
        self._call_units(units)

    def _call_units(self, units):
        """Call groups of recipients at once; where that fails, halve until the culprit stands alone."""
        if not units:
            return
        lines = units[0].union(*units[1:])
        error = self._try_call(lines)
        if error is None:
            return
        if len(units) > 1:
            middle = len(units) // 2
            self._call_units(units[:middle])
            self._call_units(units[middle:])
        elif len(lines) > 1:
            self._call_but_culprits(lines)
        else:
            lines._set_aside("error", self._explain_error(error))

    def _call_but_culprits(self, lines):
        """Find out who of one payer's members cannot be called, and call the others together."""
        errors = {line: error for line in lines if (error := self._try_call(line, keep=False))}
        for line, error in errors.items():
            line._set_aside("error", self._explain_error(error))
        others = lines.filtered(lambda line: line not in errors)
        error = self._try_call(others)
        if error is not None:
            # Each alone can be called, all together cannot.
            others._set_aside("error", self._explain_error(error))

    def _try_call(self, lines, keep=True):
        """Call these recipients together; return what went wrong, or None.

        :param keep: otherwise everything is undone: the question was whether it can be done.
        """
        try:
            with self.env.cr.savepoint():
                self._call_together(lines)
                self.env.flush_all()
                if not keep:
                    raise Undo
        except Undo:
            return None
        except Exception as error:
            if is_transient(error):
                raise
            return error
        return None

    def _explain_error(self, error):
        """Say what went wrong, in the language of who launched the campaign."""
        if isinstance(error, UserError):
            return str(error.args[0])
        _logger.error("A call of the campaign %s failed", self.id, exc_info=error)
        return self.env._(
            "An error that was not expected (%s); its details are in the log of the server.", type(error).__name__
        )

    # ---- what happened since the preview ----

    def _check_facts(self, lines):
        """Return the lines that can be called; deal with the others.

        What was true in the preview may have changed: departures, memberships, calls issued by hand.
        """
        members = lines.member_id
        members.sudo().fetch(["partner_id", "state", "since", "left_on", "active", "tariff_id"])
        periods = [{"date_from": line.membership_from, "date_to": line.membership_to} for line in lines]
        running = self._search_running(members, periods).grouped("member_id")
        none = self.env["association.membership"]
        callable_lines = lines.browse()
        for line in lines:
            found = self._choose_membership(running.get(line.member_id, none))
            problem = self._find_change(line, found)
            if not problem:
                callable_lines |= line
            elif problem[0] == "already_called" and found.payment_state in CALLED:
                line._recognise(found, problem[1])
            else:
                line._set_aside(*problem)
        return callable_lines

    def _find_change(self, line, found):
        """Return (problem, sentence) if this recipient can no longer be called as previewed, else None."""
        if found and found != line.known_membership_id and found.payment_state == "not_called":
            return "changed", self.env._(
                "The membership %s was prepared since the preview: call it from its own page, or delete it.",
                found.display_name,
            )
        return (
            self._find_departure(line.member_id)
            or self._find_membership_problem(found, {})
            or self._find_admission_problem(line.member_id, found, line.previous_membership_id)
        )

    # ---- memberships and calls ----

    def _call_together(self, lines):
        """Give these recipients their membership, issue the calls, and write what became of each."""
        memberships = self._give_memberships(lines)
        owing = self.env["association.membership"].union(*memberships.values()).filtered("total")
        for called in self._rounds(owing):
            self._issue_calls(called)
        now = fields.Datetime.now()
        moves = owing.sudo().line_ids.filtered(lambda line: line.display_type == "product").grouped("membership_id")
        for line, membership in memberships.items():
            call = moves[membership].move_id[:1] if membership in moves else False
            line.sudo().write(
                {
                    "state": "called",
                    "membership_id": membership.id,
                    "move_id": call and call.id,
                    "processed_on": now,
                    "problem": False,
                    "reason": False if call else self.env._("Free: a membership without a call."),
                }
            )

    def _issue_calls(self, memberships):
        """Issue and post the calls of one batch, one per payer."""
        return memberships._issue_calls_in_bulk(self.invoice_date, self.due_date)

    def _rounds(self, memberships):
        """Yield the memberships in groups that may be called at once, since a payer gets one call in each."""
        if self.one_call_per_payer:
            yield memberships
            return
        queues = list(memberships.grouped("payer_id").values())
        for index in range(max(map(len, queues), default=0)):
            yield memberships.browse(queue[index].id for queue in queues if index < len(queue))

    def _give_memberships(self, lines):
        """Return {line: its membership}: the one that was prepared before, or a new one."""
        prepared = {line: line.known_membership_id for line in lines if line.known_membership_id}
        for line, membership in prepared.items():
            changes = {"campaign_id": self.id, **line._prepare_correction(membership)}
            membership.write(changes)
        new = [line for line in lines if line not in prepared]
        created = self.env["association.membership"].create([line._prepare_membership() for line in new])
        return {**prepared, **dict(zip(new, created, strict=True))}


class AssociationCampaignLine(models.Model):
    _inherit = "association.campaign.line"

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
