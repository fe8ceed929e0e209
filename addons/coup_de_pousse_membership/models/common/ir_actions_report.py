"""Invoices printed by a wkhtmltopdf without the patched Qt, such as Debian's.

That engine drops page headers and footers (the letterhead and the legal mentions), and refuses
several documents in one go. Invoices are then printed with header and footer inside the page, many as
one, which is divided afterwards. Where the engine is patched, as in Odoo's own image, nothing changes.
"""

import lxml.html
from odoo import models
from odoo.addons.base.models import ir_actions_report

from ...calculation.common.printed_pages import finish_pages, join_documents, prepare_bodies

#: Margins (mm) of a page whose letterhead is part of the text.
INLINE_MARGIN = 12
#: By how much that engine draws lengths too small, at 96 dots per inch; a label must fit its sheet.
LENGTHENED = 1.302
CLASS_XPATH = "//div[contains(concat(' ', normalize-space(@class), ' '), ' {} ')]"
#: Page numbers are filled in by the patched engine only.
PAGE_NUMBER_XPATH = (
    ".//*[.//span[@class='page'] or .//span[@class='topage']]"
    "[not(.//*[.//span[@class='page'] or .//span[@class='topage']])]"
)


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _prints_plain_invoices(self):
        """Return whether this report prints invoices with an engine that knows no headers."""
        engine = ir_actions_report._wkhtml()
        return engine.state == "ok" and not engine.is_patched_qt and self._is_invoice_report(self)

    def _get_length_factor(self):
        """Return by what lengths in millimetres are multiplied, so that they are as long on paper, on any engine."""
        return 1 if ir_actions_report._wkhtml().is_patched_qt else LENGTHENED

    def _run_wkhtmltopdf(self, bodies, *args, **kwargs):
        """Print several documents in one run, with fonts that stay text, where the engine is not patched."""
        run, bodies = super()._run_wkhtmltopdf, list(bodies)
        if ir_actions_report._wkhtml().is_patched_qt or not bodies:
            return run(bodies, *args, **kwargs)
        content = finish_pages(run([prepare_bodies(bodies)], *args, **kwargs), len(bodies))
        if content is None:
            # They are not to be told apart: each by itself.
            alone = [finish_pages(run([prepare_bodies([body])], *args, **kwargs), 1) for body in bodies]
            content = join_documents(alone)
        return content

    def _prepare_html(self, html, report_model=False):
        prepared = super()._prepare_html(html, report_model=report_model)
        if not prepared or not self._prints_plain_invoices():
            return prepared
        bodies, res_ids, _header, _footer, paper = prepared
        root = lxml.html.fromstring(html, parser=lxml.html.HTMLParser(encoding="utf-8"))
        headers = root.xpath(CLASS_XPATH.format("header"))
        footers = root.xpath(CLASS_XPATH.format("footer"))
        if not len(headers) == len(footers) == len(bodies):
            return prepared
        inlined = [self._inline_header_and_footer(*page) for page in zip(bodies, headers, footers, strict=True)]
        margins = {
            "data-report-margin-top": INLINE_MARGIN,
            "data-report-margin-bottom": INLINE_MARGIN,
            "data-report-header-spacing": 0,
        }
        return inlined, res_ids, None, None, {**paper, **margins}

    def _inline_header_and_footer(self, body, header, footer):
        """Return a page with its letterhead above its text and its mentions below."""
        page = lxml.html.fromstring(str(body), parser=lxml.html.HTMLParser(encoding="utf-8"))
        articles = page.xpath(CLASS_XPATH.format("article"))
        if not articles:
            return body
        for number in footer.xpath(PAGE_NUMBER_XPATH):
            number.drop_tree()
        articles[0].addprevious(header)
        articles[0].addnext(footer)
        return lxml.html.tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")
