"""Main: ``python -m nnstudio`` is ``nnstudio``."""

import sys

from nnstudio.cli import main

if __name__ == "__main__":
    sys.exit(main())
