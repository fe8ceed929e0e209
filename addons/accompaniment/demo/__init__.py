from . import accompaniment_demo
from . import accompaniment_demo_answers
