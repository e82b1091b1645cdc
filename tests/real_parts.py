"""Where the tests find a PostgreSQL and an Elasticsearch, if they do."""

import os

POSTGRESQL = os.environ.get("PLACEMENT_TEST_DATABASE_URL")
ELASTICSEARCH = os.environ.get("PLACEMENT_TEST_SEARCH_URL")
WITHOUT_POSTGRESQL = "PLACEMENT_TEST_DATABASE_URL is not set: no PostgreSQL to test on"
WITHOUT_ELASTICSEARCH = "PLACEMENT_TEST_SEARCH_URL is not set: no Elasticsearch to test on"
LONG = "PLACEMENT_TEST_LONG" in os.environ
"""Whether there is time to kill more, write more and live longer."""
