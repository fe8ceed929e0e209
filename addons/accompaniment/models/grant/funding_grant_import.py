"""A file of grants that an authority publishes, read once; what was read before is not doubled."""

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.addons.coup_de_pousse_membership.models.table.sentences import FILE_SENTENCES
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from .grant_columns import GRANT_HEADERS, NEEDED, find_columns
from .grant_lines import read_lines
from .grant_matching import GrantMatcher

_lt = LazyTranslate(__name__)

#: What differs from other tables.
GRANT_FILE_SENTENCES = {
    **FILE_SENTENCES,
    "empty": _lt("The file is empty. Choose a file with one line of headers, and one line for each grant."),
    "no_lines": _lt(
        "The file has headers on line %(line)s, and nothing below. Choose a file with one line for each grant."
    ),
}
#: Lines that cannot be read which are told one by one.
TOLD = 20
#: Rules of the member import → why people are asked.
REASONS = {"shared": "shared", "contradiction": "number", "same_siren": "number"}


class FundingGrantImport(models.Model):
    _name = "funding.grant.import"
    _description = "Import of Published Grants"
    _inherit = ["association.file.import"]

    state = fields.Selection(
        [("draft", "To read"), ("done", "Read")], required=True, default="draft", readonly=True, copy=False
    )
    grant_ids = fields.One2many("funding.grant", "import_id", string="Grants")
    found_count = fields.Integer(compute="_compute_counts", string="Found")
    decide_count = fields.Integer(compute="_compute_counts", string="To decide")
    unknown_count = fields.Integer(compute="_compute_counts", string="Not followed here")

    @api.depends("grant_ids.state")
    def _compute_counts(self):
        rows = self.env["funding.grant"]._read_group(
            [("import_id", "in", self.ids)], ["import_id", "state"], ["__count"]
        )
        counts = {(record.id, state): count for record, state, count in rows}
        for record in self:
            record.found_count = counts.get((record.id, "found"), 0)
            record.decide_count = counts.get((record.id, "decide"), 0)
            record.unknown_count = counts.get((record.id, "unknown"), 0)

    @api.model
    def _file_sentence(self, error):
        # A lazy sentence takes its values afterwards.
        return self.env._(GRANT_FILE_SENTENCES[error.code]) % error.values  # pylint: disable=translation-not-lazy

    def action_read(self):
        """Read the file: its grants are found on the organisations, proposed, or kept aside; known ones are left out."""
        self.ensure_one()
        self.check_access("write")
        hold(self)
        if self.state == "done":
            return True
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        table = self._read_table(GRANT_HEADERS.find_header, None)
        columns = find_columns(table.header)
        self._check_columns(columns)
        lines, problems = read_lines(table, columns, fields.Date.context_today(self))
        known = self._get_known([line.key for line in lines])
        new = [line for line in lines if line.key not in known]
        matcher = GrantMatcher(self.env, self.company_id)
        self.env["funding.grant"]._create_with_facts([self._prepare_grant(line, matcher) for line in new])
        self._write_facts(
            {
                "state": "done",
                "file_description": self._describe(table),
                "notice": self._tell(len(lines) - len(new), problems),
            }
        )
        return True

    def _check_columns(self, columns):
        missing = [name for name in NEEDED if name not in columns]
        if missing:
            labels = {"name": self.env._("the beneficiary"), "amount": self.env._("the amount")}
            raise UserError(
                self.env._(
                    "No column says %s. Name it in the line of the headers, as in the schema of published grants "
                    "(nomBeneficiaire, montant), and read the file again.",
                    ", ".join(labels[name] for name in missing),
                )
            )

    def _get_known(self, keys):
        domain = [("company_id", "=", self.company_id.id), ("key", "in", keys)]
        return set(self.env["funding.grant"].sudo().search_fetch(domain, ["key"]).mapped("key"))

    def _prepare_grant(self, line, matcher):
        partner, certain, rule = matcher.find(line.name, line.registry, line.rna)
        funder, funder_certain, _rule = matcher.find(line.funder, line.funder_registry, "")
        asked = partner and not certain
        return {
            "company_id": self.company_id.id,
            "import_id": self.id,
            "line": line.number,
            "beneficiary": line.name,
            "registry": line.registry,
            "rna": line.rna,
            "funder": line.funder,
            "funder_id": funder if funder_certain else False,
            "date": line.date,
            "year": line.year,
            "amount": line.amount,
            "subject": line.subject,
            "scheme": line.scheme,
            "nature": line.nature,
            "key": line.key,
            "partner_id": partner if certain else False,
            "proposed_partner_id": partner if asked else False,
            "state": "found" if certain else "decide" if asked else "unknown",
            "reason": REASONS.get(rule, "name") if asked else False,
        }

    def _tell(self, doubled, problems):
        """Return what is to be known of the reading: lines left out, lines that cannot be read."""
        said = []
        if doubled:
            said.append(self.env._("%s lines are known from an earlier file, and were left out.", doubled))
        sentences = {
            "no_name": self.env._("no beneficiary"),
            "no_amount": self.env._("“%s” is no amount"),
        }
        for number, code, value in problems[:TOLD]:
            sentence = sentences.get(code, self.env._("“%s” cannot be read"))
            why = sentence % value if "%s" in sentence else sentence
            said.append(
                self.env._("Line %(number)s: %(why)s. Correct it, and read the file again.", number=number, why=why)
            )
        if len(problems) > TOLD:
            said.append(self.env._("%s more lines cannot be read.", len(problems) - TOLD))
        return "\n".join(said) or False

    def action_view_grants(self):
        """Open the grants of this file."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("accompaniment.action_funding_grant")
        return {**action, "domain": [("import_id", "=", self.id)], "context": {"search_default_group_by_state": 1}}
