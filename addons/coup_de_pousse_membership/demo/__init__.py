from . import association_demo
