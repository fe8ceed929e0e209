from . import test_thread
