"""Tax receipts as PDF/A, so that they can be read in ten years; what is printed once is a duplicate afterwards."""

import io

from odoo import fields, models
from odoo.tools import mute_logger
from odoo.tools.pdf import OdooPdfFileReader, OdooPdfFileWriter
from pypdf.generic import IndirectObject

RECEIPTS = "coup_de_pousse_membership.report_tax_receipt_document"
#: What a PDF/A says of itself.
METADATA = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>"""


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        content, kind = super()._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
        if kind == "pdf" and self._get_report(report_ref).report_name == RECEIPTS and res_ids:
            content = self._make_archivable(content)
            receipts = self.env["association.tax.receipt"].browse(res_ids).sudo()
            receipts.filtered(lambda receipt: not receipt.printed_on).printed_on = fields.Datetime.now()
        return content, kind

    def _make_archivable(self, content):
        """Return a PDF as PDF/A-3."""
        # The dates in the fonts of the system are of no interest to who prints.
        with mute_logger("fontTools.ttLib.tables._h_e_a_d"):
            return self._write_archivable(content)

    def _write_archivable(self, content):
        reader, writer = OdooPdfFileReader(io.BytesIO(content), strict=False), OdooPdfFileWriter()
        writer.cloneReaderDocumentRoot(reader)
        # Odoo writes into the outline, which documents that were joined have lost.
        if "/Outlines" not in writer._root_object:
            writer.add_outline_item(title=self.env._("Tax receipts"), page_number=0)
        self._name_fonts(writer)
        # Receipts that were printed together have the same fonts: once is enough.
        writer.compress_identical_objects()
        writer.convert_to_pdfa()
        writer.add_file_metadata(METADATA)
        archivable = io.BytesIO()
        writer.write(archivable)
        return archivable.getvalue()

    def _name_fonts(self, writer):
        """Make each font an object of its own: Odoo expects that, and documents that were joined have them inline."""
        for page in writer.pages:
            for font in page["/Resources"]["/Font"].values():
                fonts = font.get_object().get("/DescendantFonts", [])
                for rank, inline in enumerate(fonts):
                    if not isinstance(inline, IndirectObject):
                        fonts[rank] = writer._add_object(inline)
