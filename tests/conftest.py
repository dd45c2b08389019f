"""For every test: nothing is read from, or written to, the verdict store of whoever runs them."""

import os

os.environ["SYMREP_STORE"] = "off"
