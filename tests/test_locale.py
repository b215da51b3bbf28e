"""The translations that are shipped: compiled from the words beside them, of what is said and of nothing else."""

import gettext
import io
from datetime import date, datetime

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from handlers import CATALOGUE
from handlers.conversation.asking import BACK, CANCEL, CHOOSE, EDIT, SEND, SKIP, meant
from handlers.conversation.dates import read_when
from handlers.conversation.words import LANGUAGES, LOCALE, SOURCE, folded, in_language
from handlers.letter import NONE
from tests.test_house_rules import templates

TRANSLATED = sorted(set(LANGUAGES) - {SOURCE})
MONDAY = datetime(2026, 11, 23, 10, 0)  # noqa: DTZ001
