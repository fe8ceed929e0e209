"""Square codes (QR) as pictures, made by the library that Odoo itself requires.

Odoo's own barcodes need a drawing library that its packages do not bring: their pictures are errors on many servers.
"""

import io

import qrcode


def make_qr(text, pixels=6):
    """Return the square code of a text, as a PNG.

    :param pixels: width of one of its points.
    """
    buffer = io.BytesIO()
    qrcode.make(text, box_size=pixels, border=2).save(buffer, "PNG")
    return buffer.getvalue()
