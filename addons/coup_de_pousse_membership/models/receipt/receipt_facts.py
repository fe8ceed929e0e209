"""The facts that a receipt freezes when it is issued: all that its paper says."""

from odoo import fields

from ...calculation.common.amount_words import amount_in_words


class ReceiptFacts:
    """Gathers the facts of the receipts of an association.

    :param company: the association that issues them.
    """

    def __init__(self, company):
        self.company = company.sudo()
        self.env = company.env
        self.forms = {}

    def get_kind(self, partner):
        """Return which kind of receipt somebody gets."""
        if partner.sudo().is_company:
            return "company"
        return "union" if self.company.receipt_individuals == "199" else "individual"

    def gather(self, kind, number, entries, day, replaced=""):
        """Return the facts of one receipt.

        :param entries: the :class:`~.year_payments.Entry` that it states, of one donor.
        :param replaced: number of the receipt that it replaces.
        """
        amount = sum(entry.stated for entry in entries)
        return {
            "number": number,
            "issued_on": fields.Date.to_string(day),
            "kind": kind,
            "form": self._describe_form(kind, day),
            "body": self._describe_body(),
            "donor": self._describe_donor(entries[0].partner.sudo()),
            "payments": [self._describe_payment(entry) for entry in entries],
            "amount": f"{amount:.2f}",
            "currency": self.company.currency_id.name,
            "words": amount_in_words(amount, self.company.currency_id.name, "fr"),
            "replaces": replaced,
        }

    def _describe_form(self, kind, day):
        if kind not in self.forms:
            form = self.env["association.receipt.form"].sudo()._get(kind, day).with_context(lang=self._get_lang())
            articles = (
                form.articles if kind != "individual" or not self.company.receipt_978 else f"{form.articles}, 978"
            )
            self.forms[kind] = {
                "number": form.name,
                "title": form.title,
                "articles": articles,
                "statement": form.statement,
                "certification": form.certification,
            }
        return self.forms[kind]

    def _get_lang(self):
        """Return the language of a French tax form: French, wherever it is installed."""
        return "fr_FR" if self.env["res.lang"]._lang_get("fr_FR") else self.env.lang

    def _describe_body(self):
        company, partner = self.company.with_context(lang=self._get_lang()), self.company.partner_id
        qualities = dict(company._fields["receipt_quality"]._description_selection(company.env))
        return {
            "name": partner.name,
            "siren": company.company_registry or "",
            "rna": partner.rna or "",
            "object": company.receipt_object or "",
            "quality": qualities[company.receipt_quality],
            "ruling": company.receipt_ruling or "",
            "signatory": company.receipt_signatory or "",
            "signatory_title": company.receipt_signatory_title or "",
            **self._describe_address(partner),
        }

    def _describe_donor(self, partner):
        form = dict(
            partner._fields["legal_form"]._description_selection(partner.with_context(lang=self._get_lang()).env)
        )
        return {
            "name": partner.name,
            "is_company": partner.is_company,
            "legal_form": form.get(partner.legal_form, "") if partner.is_company else "",
            "siren": (partner.company_registry or "") if partner.is_company else "",
            **self._describe_address(partner),
        }

    @staticmethod
    def _describe_address(partner):
        names = ("street", "street2", "zip", "city")
        country = partner.country_id
        return {
            **{name: partner[name] or "" for name in names},
            "country": country.with_context(lang="fr_FR").name if country and country.code != "FR" else "",
        }

    @staticmethod
    def _describe_payment(entry):
        return {
            "date": fields.Date.to_string(entry.day),
            "amount": f"{entry.payment.amount:.2f}",
            "given_back": f"{entry.payment.given_back:.2f}",
            "stated": f"{entry.stated:.2f}",
            "nature": entry.nature,
            "mode": entry.mode or "",
            "source": entry.payment.source,
            "label": entry.label or "",
        }
