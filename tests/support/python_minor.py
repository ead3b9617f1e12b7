"""Writes the second number of this Python's version."""

import sys

print(sys.version_info.minor)
