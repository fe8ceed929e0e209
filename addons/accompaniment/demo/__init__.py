from . import accompaniment_demo
