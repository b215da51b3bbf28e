"""People, their consents, chats, wishes and codes; two records that are one person; their own data."""
