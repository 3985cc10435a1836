"""``python -m alignwatch`` is the command ``alignwatch``."""

import sys

from alignwatch.cli import main

sys.exit(main())
