"""``python -m symrep`` is ``symrep``."""

from symrep.cli import main

if __name__ == "__main__":
    main()
