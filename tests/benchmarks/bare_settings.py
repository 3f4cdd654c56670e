"""The product's settings with the bare view in place of the site, and no middleware."""

from newsroom.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.bare"
MIDDLEWARE = []
