"""The contract, run on every engine there is."""

from tests.search.contract import *  # noqa: F403
from tests.search.contract_matches import *  # noqa: F403
from tests.search.contract_orders import *  # noqa: F403
from tests.search.contract_rebuilds import *  # noqa: F403
from tests.search.contract_words import *  # noqa: F403
from tests.search.contract_writes import *  # noqa: F403
