from tests.storage.conftest import database, migrated, store, url

__all__ = ["database", "migrated", "store", "url"]
