"""The launcher behind ./cdp: everything between a bare machine and a served Odoo.

Standard library only. The scripts in ``inside/`` are the exception: they run in
the virtual environment, where Odoo can be imported.
"""
