{
    "name": "Network Membership",
    "summary": "Fee grids, members' register, calls for fees and invoices of an association network",
    "version": "19.0.1.0.0",
    "category": "Association/Membership",
    "author": "Coup de Pousse",
    "license": "LGPL-3",
    "depends": ["contacts", "crm", "account", "portal", "spreadsheet_dashboard"],
    "external_dependencies": {"python": ["num2words", "xlsxwriter"]},
    "data": [
        "security/membership_groups.xml",
        "security/ir.model.access.csv",
        "security/membership_rules.xml",
        "data/association_category_data.xml",
        "data/product_data.xml",
        "data/ir_cron_data.xml",
        "views/association_membership_views.xml",
    ],
    "demo": [],
    "assets": {
        "web.assets_backend": [
            "coup_de_pousse_membership/static/src/**/*",
        ],
    },
    "application": True,
    "post_init_hook": "_post_init_hook",
}
