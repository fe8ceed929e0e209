"""A word of a list that is not known, such as a type of member, and what it stands for on all its lines."""

from odoo import api, fields, models

from ...calculation.table.headers import fold

#: What a word may be about → field that holds what it stands for.
WORD_FIELDS = {
    "category": "category_id",
    "sector": "industry_id",
    "legal_form": "legal_form",
    "country": "country_id",
}


class AssociationMemberImportWord(models.Model):
    _name = "association.member.import.word"
    _description = "Unknown Word of an Import of Members"
    _inherit = ["association.part"]
    _order = "target, line_count desc, id"
    _rec_name = "word"

    import_id = fields.Many2one(
        "association.member.import", required=True, readonly=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="import_id.company_id", store=True, index=True)
    target = fields.Selection(
        [
            ("category", "Member category"),
            ("sector", "Sector"),
            ("legal_form", "Legal form"),
            ("country", "Country"),
        ],
        string="Column",
        required=True,
        readonly=True,
    )
    word = fields.Char(string="In the file", required=True, readonly=True)
    line_count = fields.Integer(string="Lines", readonly=True)
    category_id = fields.Many2one("association.category", check_company=True, ondelete="cascade")
    industry_id = fields.Many2one("res.partner.industry", string="Sector", ondelete="cascade")
    legal_form = fields.Selection(
        lambda self: self.env["res.partner"]._fields["legal_form"]._description_selection(self.env)
    )
    country_id = fields.Many2one("res.country", ondelete="cascade")
    is_left_empty = fields.Boolean(string="Leave empty", help="The lines are imported without it.")

    _word_once = models.UniqueIndex("(import_id, target, word)", "A word of a list is shown once.")

    def write(self, vals):
        if {*WORD_FIELDS.values(), "is_left_empty"} & set(vals):
            imports = self.import_id
            imports._check_not_done()
            imports.filtered(lambda record: record.state == "previewed")._write_facts(
                {
                    "state": "draft",
                    "notice": self.env._("Words were given a meaning since the preview. Press “Preview” again."),
                }
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        self.import_id._check_not_done()

    def _meaning(self):
        """Return what the word stands for: an id or a key; None where it is not said."""
        value = self[WORD_FIELDS[self.target]]
        return (value.id if isinstance(value, models.BaseModel) else value) or None

    def _teach(self, vocabulary):
        """Add what was said of these words to those that are known.

        :param vocabulary: :class:`CellVocabulary`.
        """
        known = {
            "category": vocabulary.categories,
            "sector": vocabulary.sectors,
            "legal_form": vocabulary.legal_forms,
            "country": vocabulary.countries,
        }
        for word in self:
            if meaning := word._meaning():
                known[word.target][fold(word.word)] = meaning
            elif word.is_left_empty:
                vocabulary.left_empty.add((word.target, fold(word.word)))

    @api.model
    def _store(self, record, found):
        """Show the words of a list that are not known, and keep those that were given a meaning.

        :param record: the import.
        :param found: (target, word) → number of lines.
        """
        known = {(word.target, word.word): word for word in record.word_ids}
        record.word_ids.filtered(
            lambda word: not (word._meaning() or word.is_left_empty or (word.target, word.word) in found)
        ).unlink()
        self._create_with_facts(
            [
                {"import_id": record.id, "target": target, "word": text, "line_count": count}
                for (target, text), count in found.items()
                if (target, text) not in known
            ]
        )
