"""What several scenarios begin with."""

import pytest

from tests.chat import Chat
from tests.world import World


@pytest.fixture
def there(world: World) -> Chat:
    """The leader's other messenger."""
    return world.beside(world.elsewhere, "Siti Aminah")
