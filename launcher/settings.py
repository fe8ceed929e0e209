"""What the launcher takes as given, in one place."""

SERIES = "19.0"
DEFAULT_PORT = 8069
DEFAULT_DATABASE = "coup_de_pousse"
LANGUAGE = "fr_FR"
COUNTRY = "FR"
TIMEZONE = "Europe/Paris"

# Upstream's source, where Debian's package cannot serve.
UPSTREAM_GIT = "https://github.com/odoo/odoo.git"
UPSTREAM_BRANCH = SERIES

DEBIAN_PACKAGE = "odoo-19"
# Debian replaces files of Odoo by links into these packages; without them every page fails.
DEBIAN_LINKED = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
)
# sid's Font Awesome is a later major version without the files that Odoo names; these suites have 4.7.
DEBIAN_FONT_AWESOME = "fonts-font-awesome"
DEBIAN_FONT_AWESOME_SUITES = ("bookworm", "trixie")
# Links that stay broken and that no page of ours follows (a font of the point of sale).
TOLERATED_BROKEN_LINKS = ("point_of_sale/static/src/fonts/Inconsolata.otf",)
# Left out by Debian although Odoo's bundles name it: an empty file keeps every page free of
# errors. What is lost is the blurred background in video calls.
DEBIAN_LEFT_OUT = ("mail/static/lib/selfie_segmentation/selfie_segmentation.js",)

# Odoo's own modules of a French database. The chart of accounts loads at the end of the
# installation that brings it, so ours come in a second one.
ODOO_MODULES = ("account", "contacts", "crm", "l10n_fr_account", "portal", "spreadsheet_dashboard")

# Printed when the product is served: (role, login, password). The others come with the demo data.
ADMINISTRATOR = ("Administration technique", "admin", "admin")
DEMO_USERS = (
    ("Bureau des adhésions", "bureau", "demo"),
    ("Trésorerie", "tresoriere", "demo"),
    ("Direction (lecture)", "direction", "demo"),
    ("Administration des adhésions", "administratrice", "demo"),
    ("Chargée de mission", "conseillere", "demo"),
    ("Coordination de l'accompagnement", "coordination", "demo"),
    ("Secrétariat de la gouvernance", "secretaire", "demo"),
)
