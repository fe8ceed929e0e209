from . import mandate
