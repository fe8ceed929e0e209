"""Where Odoo's source comes from: a tree that was named, Debian's package, or upstream's branch."""
