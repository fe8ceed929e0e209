"""A year of tax receipts: listed, issued with their numbers, and printed as one PDF."""

from unittest.mock import patch

from .measure import Result

YEAR = 2025


def run(env, number):
    """Measure one gift of each donor to its receipt, in the batches of the background, without the commits."""
    # Odoo's packages can be imported once the database is open.
    from odoo.addons.coup_de_pousse_membership.models.receipt.association_receipt_year import BATCH
    from odoo.addons.coup_de_pousse_membership.models.receipt.year_papers import YearPapers

    company = env.company
    address = {"street": "4 rue des Lilas", "zip": "44000", "city": "Nantes"}
    company.partner_id.write({**address, "company_registry": False, "rna": "W442001234"})
    company.write({"receipt_object": "Support", "receipt_signatory": "Treasurer", "receipt_enabled": True})
    donors = env["res.partner"].create([{"name": f"Donor {rank}", **address} for rank in range(number)])
    gift = {"kind": "goods", "description": "Books", "date": f"{YEAR}-03-01"}
    env["association.gift"].create([{"partner_id": donor.id, "amount": 10, **gift} for donor in donors]).action_book()
    year = env["association.receipt.year"].create({"year": YEAR})
    results = []
    with patch.object(type(env["ir.cron"]), "_commit_progress", lambda *_args, **_kwargs: True):
        for path, ask, work in (
            ("payments listed, each with why it has no receipt", None, year.action_list),
            ("receipts issued, numbered without a gap", year.action_issue, lambda: YearPapers(year, BATCH).work()),
            ("receipts printed as one PDF/A", year.action_print, lambda: YearPapers(year, BATCH).work()),
        ):
            if ask:
                ask()
            env.flush_all()
            env.invalidate_all()
            result = Result(f"Tax receipts of {number:,} donors", path, number)
            with result.counted(env):
                work()
                env.flush_all()
            results.append(result)
    return results
